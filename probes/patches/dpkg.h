/* SPDX-License-Identifier: Apache-2.0
 *
 * dpkg: what is installed and what is held, from /var/lib/dpkg/status (dpkg-query(1), deb822(5)).
 * Pure; text lives in the arena.
 */
#ifndef PROBES_PATCHES_DPKG_H
#define PROBES_PATCHES_DPKG_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define DPKG_PACKAGES_MAX 65536 /* one more makes the file not understood */

struct dpkg_package {
	const char *name, *source, *version; /* source: its own name where none is stated */
	bool installed, held, broken;        /* broken: installation began and did not end */
};

struct dpkg {
	struct dpkg_package *v;
	size_t n;
	bool surplus;
};

void dpkg_parse(const char *status, struct arena *a, struct dpkg *out);
const struct dpkg_package *dpkg_find(const struct dpkg *d, const char *name);

#endif
