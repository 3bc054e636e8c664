/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns an open file of a log, plain or packed, and what its hints say.
 */
#include "source.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zlib.h>

#define GZ_BUFFER (256 << 10)
#define GZ_READ_MAX ((size_t)1 << 30) /* gzread counts in unsigned */

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

int
source_open(struct source *s, const char *path, struct err *e)
{
	unsigned char magic[3];
	mode_t mode;

	*s = (struct source){ .fd = file_open(AT_FDCWD, path, FILE_NOFOLLOW, NULL, e) };
	if (s->fd < 0)
		return -1;
	if (look(s->fd, "", AT_EMPTY_PATH, &s->hints, &mode) < 0) {
		err_sys(e, "cannot look at it");
		source_close(s);
		return -1;
	}
	if (pread(s->fd, magic, 3, 0) == 3 && memcmp(magic, "\x1f\x8b\x08", 3) == 0) {
		s->packed = true;
		s->gz = gzdopen(s->fd, "rb");
		if (s->gz == NULL) {
			source_close(s);
			return err_set(e, ERR_SYS, "no memory to unpack it");
		}
		gzbuffer(s->gz, GZ_BUFFER);
	}
	return 0;
}

void
source_close(struct source *s)
{
	if (s->gz != NULL)
		gzclose(s->gz); /* and with it fd */
	else if (s->fd >= 0)
		close(s->fd);
	s->gz = NULL;
	s->fd = -1;
}

int
source_seek(struct source *s, uint64_t at, struct err *e)
{
	if (s->packed && gzseek(s->gz, (z_off_t)at, SEEK_SET) < 0)
		return err_set(e, ERR_PARSE, "what is packed in it is damaged");
	s->at = at;
	return 0;
}

static ssize_t
read_packed(struct source *s, void *buf, size_t n, struct err *e)
{
	int code, got;

	if (n > GZ_READ_MAX)
		n = GZ_READ_MAX;
	got = gzread(s->gz, buf, (unsigned)n);
	gzerror(s->gz, &code);
	/* a file that ends in the middle of a member shows as Z_BUF_ERROR at its end */
	if (got < 0 || (code != Z_OK && code != Z_STREAM_END))
		return err_set(e, code == Z_ERRNO ? ERR_SYS : ERR_PARSE,
		    code == Z_ERRNO ? "cannot read it" : "what is packed in it is damaged");
	s->at += (uint64_t)got;
	if (s->at > AUDIT_UNPACKED)
		return err_set(e, ERR_LIMIT, "it unpacks to more than %llu bytes",
		    (unsigned long long)AUDIT_UNPACKED);
	return got;
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
