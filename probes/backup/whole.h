/* SPDX-License-Identifier: Apache-2.0
 *
 * whole: is a dump or archive file whole? By its own end, not by a tool's status: a dump that
 * failed in a pipe leaves a packed file that any packer calls good.
 */
#ifndef PROBES_BACKUP_WHOLE_H
#define PROBES_BACKUP_WHOLE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#define WHOLE_HEAD ((size_t)4096) /* bytes of the content that are looked at, from both ends */
#define WHOLE_TAIL ((size_t)4096)

enum whole {
	WHOLE_GOOD,    /* its end is there, and all of it could be read */
	WHOLE_START,   /* nothing is wrong, but its form does not say where it ends */
	WHOLE_EMPTY,   /* nothing is in it */
	WHOLE_CUT,     /* its end is missing */
	WHOLE_DAMAGED, /* it cannot be read */
	WHOLE_UNREAD,  /* it was not looked at: too large, or no time, or no right */
};

struct whole_seen {
	enum whole is;
	const char *form; /* "PostgreSQL dump", "tar archive", "file" */
	const char *why;  /* a statement in words; NULL: nothing is wrong */
	bool all;         /* every byte of it was read */
	uint64_t content; /* bytes in it once unpacked, as far as they were read */
};

/* The first and the last bytes of what is in a file, and how many there are. Pure. */
void whole_judge(const char *head, size_t nhead, const char *tail, size_t ntail, uint64_t content,
    struct whole_seen *out);

/* Reads the file fd of `size` bytes, at most `limit` of them and until `stop` says true; the file
 * is unpacked as it is read. Words lie in the arena. */
void whole_look(int fd, uint64_t size, uint64_t limit, bool (*stop)(void *self), void *self,
    struct arena *a, struct whole_seen *out);

#endif
