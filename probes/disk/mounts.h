/* SPDX-License-Identifier: Apache-2.0
 *
 * mounts: the volumes of a computer, from /proc/self/mountinfo (proc(5)), and what fstab(5) says of
 * them; and a saved measurement. Pure; text lives in the arena.
 */
#ifndef PROBES_DISK_MOUNTS_H
#define PROBES_DISK_MOUNTS_H

#include "disk.h"

#define MOUNTS_MAX 8192 /* lines of mountinfo; more are counted in `surplus` */

struct mount {
	const char *path, *type, *device; /* device: "8:1", the same for all views of a volume */
	bool read_only; /* the file system is: not only this view of it, as for a service */
	bool disk;      /* on a disk of this computer, and the first view of it */
};

struct mounts {
	struct mount *v;
	size_t n, cap;
	size_t surplus, bad; /* past MOUNTS_MAX; lines that are not understood */
};

void mounts_parse(const char *mountinfo, struct arena *a, struct mounts *out);

/* The one that a path lies on: the last of the longest above it. NULL: none is known. */
const struct mount *mounts_of(const struct mounts *m, const char *path);

/* Whether fstab mounts the path read-only. */
bool mounts_meant_read_only(const char *fstab, const char *path);

/* "PATH TYPE SIZE FREE AVAILABLE ENTRIES ENTRIES-FREE rw|ro" a line, bytes and numbers. False when
 * a line is none, or there are too many. */
struct disk_volumes {
	struct disk_volume *v;
	size_t n, cap;
};
bool mounts_measured(const char *text, struct arena *a, struct disk_volumes *out);

#endif
