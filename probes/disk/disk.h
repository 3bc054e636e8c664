/* SPDX-License-Identifier: Apache-2.0
 *
 * disk: room and file entries left on volumes, and whether they can still be written. forewarnd
 * makes the forecast of both from what was measured in the last weeks (judge/trend.h).
 */
#ifndef PROBES_DISK_DISK_H
#define PROBES_DISK_DISK_H

#include "probes/probe.h"

#define DISK_VOLUMES_MAX 256            /* of one check; one more is told as not looked at */
#define DISK_FILE_MAX ((size_t)4 << 20) /* bytes of mountinfo, fstab or a saved measurement */
#define DISK_FLOOR_MOST (1073741824.0)  /* bytes: 1 GiB, the floor of large volumes */
#define DISK_FLOOR_SHARE 0.02           /* of a volume; the floor is the larger of both ... */
#define DISK_FLOOR_SMALL 0.05           /* ... but no more than this share of a small one */
#define DISK_ENTRIES_SHARE 0.02         /* of all file entries, where their number is fixed */
#define DISK_ENTRIES_FLOOR 1000.0       /* entries, where the number moves with the room (xfs) */

struct disk_conf {
	struct texts paths;     /* folders; none: the volumes that are found */
	struct texts read_only; /* volumes that are meant to be so */
	const char *measured;   /* saved measurement in place of statvfs; NULL: none */
};

/* What statvfs(3) says of one volume, in bytes and entries. */
struct disk_volume {
	const char *path, *type;      /* type: "" where it is not known */
	double size, free, available; /* free: also what only root may use */
	double entries, entries_free; /* entries 0: the file system counts none (btrfs) */
	bool read_only;
};

#endif
