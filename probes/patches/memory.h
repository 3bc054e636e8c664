/* SPDX-License-Identifier: Apache-2.0
 *
 * memory: when each waiting thing was first seen, in the check's own folder: a head, then a line
 * "microseconds-since-1970 name" each. A newer candidate of the same package keeps the first date;
 * a package that does not wait any more is left out of the next file.
 */
#ifndef PROBES_PATCHES_MEMORY_H
#define PROBES_PATCHES_MEMORY_H

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define MEMORY_FILE "waiting"
#define MEMORY_HEAD "forewarn patches 1\n"
#define MEMORY_BYTES_MAX ((size_t)4 << 20)
#define MEMORY_ENTRIES_MAX 16384 /* one more is not kept, and counts as seen now */
#define MEMORY_REBOOT "/reboot"  /* no package's name: a restart waits */

struct memory_entry {
	const char *name;
	instant first;
	bool now; /* it waits in this run */
};

struct memory {
	struct memory_entry *v;
	size_t n, cap;
};

/* -1: it is no file of ours; then nothing is remembered. Pure. */
int memory_parse(const char *text, struct arena *a, struct memory *out);

/* An absent file is an empty memory. dirfd below 0: nothing is kept. -1 with *e set. */
int memory_load(int dirfd, struct arena *a, struct memory *out, struct err *e);
int memory_save(int dirfd, const struct memory *m, struct err *e);

/* When it was first seen waiting: noted as seen now where it was not. */
instant memory_first(struct memory *m, const char *name, instant now, struct arena *a);

#endif
