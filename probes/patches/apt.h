/* SPDX-License-Identifier: Apache-2.0
 *
 * apt: what `LC_ALL=C apt-get -s dist-upgrade` says (apt-get(8)): a line "Inst NAME [OLD] (NEW
 * ORIGIN...)" for each package that it would install, lists of those it keeps back, and one line of
 * counts, without which the text is not understood. Pure; text lives in the arena.
 */
#ifndef PROBES_PATCHES_APT_H
#define PROBES_PATCHES_APT_H

#include "base/arena.h"
#include "conf/schema.h"

#include <stdbool.h>

#define APT_PACKAGES_MAX 16384 /* of one list; more are counted in `surplus` */
#define APT_NAME_MAX 256       /* bytes of a package's name or version */

struct apt_package {
	const char *name, *old, *candidate; /* old: NULL when it is not installed yet */
	bool security;
};

struct apt_output {
	bool whole; /* the line of counts is there */
	struct apt_package *packages;
	size_t npackages, surplus, bad;
	struct texts kept_back, phased;
	const char *error; /* the first line "E: ...", or NULL */
};

void apt_parse(const char *text, struct arena *a, struct apt_output *out);

/* NULL when it is not among those that would be installed. */
const struct apt_package *apt_find(const struct apt_output *o, const char *name);
bool apt_listed(const struct texts *list, const char *name);

#endif
