/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where the bytes of a run's certificates lie.
 */
#include "probes/census/spool.h"

#include "base/memory.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME ".spool"

void
spool_init(struct spool *s, int dir)
{
	*s = (struct spool){ .dir = dir, .fd = -1 };
}

void
spool_fini(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	free(s->buf);
	*s = (struct spool){ .dir = -1, .fd = -1 };
}

/* What is in memory goes to the file; false: there is no file to be had. */
static bool
file_it(struct spool *s)
{
	size_t done = 0;
	ssize_t n;

	if (s->dir < 0)
		return false;
	if (s->fd < 0) {
		/* O_TMPFILE is not known to every file system */
		s->fd =
		    openat(s->dir, NAME, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (s->fd < 0)
			return false;
		unlinkat(s->dir, NAME, 0);
	}
	while (done < s->used) {
		n = pwrite(s->fd, s->buf + done, s->used - done, (off_t)(s->filed + done));
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	s->filed += s->used;
	s->used = 0;
	return true;
}

uint64_t
spool_put(struct spool *s, struct der bytes)
{
	if (s->used > 0 && s->used + bytes.len > SPOOL_MEMORY)
		file_it(s);
	if (s->used + bytes.len > s->cap) {
		size_t cap = s->cap == 0 ? (size_t)64 << 10 : s->cap;

		while (cap < s->used + bytes.len)
			cap *= 2;
		s->buf = memory_or_end(realloc(s->buf, cap), "the certificates of a check");
		s->cap = cap;
	}
	memcpy(s->buf + s->used, bytes.p, bytes.len);
	s->used += bytes.len;
	return s->filed + s->used - bytes.len;
}

bool
spool_get(const struct spool *s, uint64_t at, uint8_t *room, size_t len)
{
	size_t done = 0;
	ssize_t n;

	if (at >= s->filed) {
		memcpy(room, s->buf + (at - s->filed), len);
		return true;
	}
	while (done < len) {
		n = pread(s->fd, room + done, len - done, (off_t)(at + done));
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}
