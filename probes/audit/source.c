/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns an open file of a log, plain or packed, and what its hints say.
 */
#include "source.h"

#include "base/clk.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIP ((size_t)65536) /* bytes unpacked at a time to come to a place */

static int64_t
us(const struct statx_timestamp *t)
{
	return t->tv_sec * INSTANT_S + t->tv_nsec / 1000;
}

static int
look(int fd, const char *path, int flags, struct hints *out, mode_t *mode)
{
	struct statx sx;

	if (statx(fd, path, flags | AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS | STATX_BTIME, &sx) <
	    0)
		return -1;
	*out = (struct hints){
		.dev = (uint64_t)sx.stx_dev_major << 32 | sx.stx_dev_minor,
		.ino = sx.stx_ino,
		.size = sx.stx_size,
		.btime = sx.stx_mask & STATX_BTIME ? us(&sx.stx_btime) : 0,
		.mtime = us(&sx.stx_mtime),
		.changed = us(&sx.stx_ctime),
	};
	*mode = sx.stx_mode;
	return 0;
}

int
hints_look(const char *path, struct hints *out, mode_t *mode)
{
	return look(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, out, mode);
}

bool
hints_same_file(const struct hints *a, const struct hints *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->btime == b->btime;
}

bool
hints_equal(const struct hints *a, const struct hints *b)
{
	return hints_same_file(a, b) && a->size == b->size && a->mtime == b->mtime &&
	       a->changed == b->changed;
}

/* From the start of the file on. */
static int
begin(struct source *s, struct err *e)
{
	unpack_free(s->unpack);
	s->unpack = unpack_new(s->pack, s->fd, e);
	s->at = 0;
	return s->unpack != NULL ? 0 : -1;
}

static ssize_t
read_packed(struct source *s, void *buf, size_t n, struct err *e)
{
	ssize_t got = unpack_read(s->unpack, buf, n, e);

	if (got < 0)
		return -1;
	s->at += (uint64_t)got;
	if (s->at > AUDIT_UNPACKED)
		return err_set(e, ERR_LIMIT, "it unpacks to more than %llu bytes",
		    (unsigned long long)AUDIT_UNPACKED);
	return got;
}

/* Unpacks up to a byte and throws it away. 0; -1 with *e; at the end before it, 0 as well. */
static int
skip_to(struct source *s, uint64_t at, struct err *e)
{
	static unsigned char waste[SKIP];
	ssize_t got = 1;

	while (s->at < at && got > 0)
		got = read_packed(s, waste, at - s->at < SKIP ? (size_t)(at - s->at) : SKIP, e);
	return got < 0 ? -1 : 0;
}

/* An archive that was written to a moment ago, and is not whole: its packer is still at work. */
static int
look_whether_whole(struct source *s, struct err *e)
{
	struct clk *clk = clk_system();
	instant now = clk->wall(clk);
	struct err why;

	if (now - s->hints.mtime > SOURCE_FRESH || now < s->hints.mtime - SOURCE_FRESH)
		return 0;
	if (skip_to(s, UINT64_MAX, &why) < 0 && unpack_cut(s->unpack))
		return err_set(e, ERR_PARSE, "it is not yet whole: it is still being packed");
	return begin(s, e);
}

static int
open_packed(struct source *s, struct err *e)
{
	s->packed = true;
	if (begin(s, e) == 0 && look_whether_whole(s, e) == 0)
		return 0;
	source_close(s);
	return -1;
}

int
source_open(struct source *s, const char *path, struct err *e)
{
	unsigned char magic[PACK_START];
	ssize_t n;
	mode_t mode;

	*s = (struct source){ .fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, NULL, e) };
	if (s->fd < 0)
		return -1;
	if (look(s->fd, "", AT_EMPTY_PATH, &s->hints, &mode) < 0) {
		err_sys(e, "cannot look at it");
		source_close(s);
		return -1;
	}
	n = pread(s->fd, magic, sizeof(magic), 0);
	s->pack = n > 0 ? pack_find(magic, (size_t)n) : PACK_NONE;
	return s->pack != PACK_NONE ? open_packed(s, e) : 0;
}

void
source_close(struct source *s)
{
	unpack_free(s->unpack);
	if (s->fd >= 0)
		close(s->fd);
	s->unpack = NULL;
	s->fd = -1;
}

int
source_seek(struct source *s, uint64_t at, struct err *e)
{
	if (!s->packed) {
		s->at = at;
		return 0;
	}
	if (at < s->at && begin(s, e) < 0)
		return -1;
	return skip_to(s, at, e);
}

ssize_t
source_read(struct source *s, void *buf, size_t n, struct err *e)
{
	size_t got = 0;

	if (s->packed)
		return read_packed(s, buf, n, e);
	if (n > s->hints.size - (s->at < s->hints.size ? s->at : s->hints.size))
		n = (size_t)(s->at < s->hints.size ? s->hints.size - s->at : 0);
	while (got < n) {
		ssize_t r = pread(s->fd, (char *)buf + got, n - got, (off_t)(s->at + got));

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return err_sys(e, "cannot read it");
		if (r == 0)
			break; /* it was cut while it was read */
		got += (size_t)r;
	}
	s->at += got;
	return (ssize_t)got;
}
