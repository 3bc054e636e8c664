/* SPDX-License-Identifier: Apache-2.0
 *
 * share: which folders lie on another machine, so that a new file in them carries that machine's
 * time, and what such a time says. Pure but for share_subtype.
 */
#ifndef CLOCKS_SHARE_H
#define CLOCKS_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHARE_TYPE_MAX 40 /* bytes of a file system's name, "fuse.sshfs" */

/* A machine stamps files by a clock that may tick only so often: 64 times a second (Windows), 100
 * times (Linux). Its clock stood within this much after the stamp. Nanoseconds. */
#define SHARE_TICK 16000000LL

/* "nfs", "cifs" ... when the times of a new file are another machine's; NULL: they are this
 * computer's own, or nobody knows whose. magic: statfs(2), f_type; subtype: of share_subtype, ""
 * where there is none. */
const char *share_kind(long magic, const char *subtype);

/* The type of the mount with that device as a line of proc(5) mountinfo has it ("fuse.sshfs").
 * false: that line is of another mount, or cannot be read. */
bool share_mount_line(
    const char *line, unsigned long major, unsigned long minor, char type[SHARE_TYPE_MAX + 1]);

/* How coarse stamps are (ns): parts of seconds are ticks; whole seconds are seconds, and where all
 * are even too (FAT keeps every second one only) two. n of 1 or more. */
int64_t share_grain(const int64_t *stamps, size_t n);

#endif
