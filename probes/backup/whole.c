/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what tells a whole dump or archive from one that was cut.
 */
#include "whole.h"

#include "probes/unpack/unpack.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define TAR_END 1024     /* bytes of zero that end an archive (POSIX pax) */
#define TAR_MAGIC_AT 257 /* "ustar" */
#define ZIP_END 22       /* bytes of the end record without its comment */
#define ZIP_COUNT_AT 10  /* in it: entries, two bytes */
#define READ_SIZE ((size_t)65536)

static const char pg_end[] = "-- PostgreSQL database dump complete";
static const char pg_all_end[] = "-- PostgreSQL database cluster dump complete";
static const char my_end[] = "-- Dump completed";

static void
found(struct whole_seen *out, enum whole is, const char *form, const char *why)
{
	out->is = is;
	out->form = form;
	out->why = why;
}

static bool
begins(const char *s, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(s, with, strlen(with)) == 0;
}

/* The last line that is equal to `marker` (part: begins with it), or NULL. A row of a table that
 * holds the words begins with a tab or a column. */
static const char *
last_line(const char *s, size_t n, const char *marker, bool part)
{
	const char *last = NULL;
	size_t len = strlen(marker);

	for (size_t at = 0; at < n;) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t line = end != NULL ? (size_t)(end - s) - at : n - at;

		if ((part ? line >= len : line == len) && memcmp(s + at, marker, len) == 0)
			last = s + at;
		at += line + 1;
	}
	return last;
}

/* After its marker a dump has only "--", blank lines and, since August 2025, "\unrestrict …". */
static bool
only_ends(const char *s, const char *stop)
{
	while (s < stop) {
		const char *end = memchr(s, '\n', (size_t)(stop - s));
		size_t n = (size_t)((end != NULL ? end : stop) - s);

		if (n > 0 && !(n == 2 && memcmp(s, "--", 2) == 0) && !begins(s, n, "\\unrestrict "))
			return false;
		s += n + 1;
	}
	return true;
}

static bool
pg_is_whole(const char *tail, size_t n, const char *marker)
{
	const char *at = last_line(tail, n, marker, false);

	return at != NULL && only_ends(at + strlen(marker), tail + n);
}

static void
judge_pg(const char *head, size_t nhead, const char *tail, size_t ntail, struct whole_seen *out)
{
	bool all = memmem(head, nhead, "PostgreSQL database cluster dump", 32) != NULL;

	if (pg_is_whole(tail, ntail, all ? pg_all_end : pg_end))
		found(out, WHOLE_GOOD, all ? "PostgreSQL dump of all databases" : "PostgreSQL dump",
		    NULL);
	else
		found(
		    out, WHOLE_CUT, "PostgreSQL dump", "the line that ends such a dump is missing");
	/* a dump of a database without a table has its end too */
	if (out->is == WHOLE_GOOD && !all && out->content <= WHOLE_HEAD &&
	    memmem(head, nhead, "CREATE TABLE", 12) == NULL &&
	    memmem(head, nhead, "\nCOPY ", 6) == NULL &&
	    memmem(head, nhead, "INSERT INTO", 11) == NULL)
		found(out, WHOLE_EMPTY, "PostgreSQL dump", "there is no table in it");
}

static void
judge_my(const char *head, size_t nhead, const char *tail, size_t ntail, struct whole_seen *out)
{
	bool short_one = out->content <= WHOLE_HEAD;

	if (last_line(tail, ntail, my_end, true) == NULL)
		found(out, WHOLE_CUT, "MySQL dump", "the line that ends such a dump is missing");
	else if (short_one && memmem(head, nhead, "CREATE TABLE", 12) == NULL)
		found(out, WHOLE_EMPTY, "MySQL dump", "there is no table in it");
	else
		found(out, WHOLE_GOOD, "MySQL dump", NULL);
}

static bool
is_zero(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != 0)
			return false;
	return true;
}

/* Cut between two files of it, tar itself reads it without a word. */
static void
judge_tar(const char *tail, size_t ntail, struct whole_seen *out)
{
	bool end = ntail >= TAR_END && is_zero(tail + ntail - TAR_END, TAR_END);

	found(out, end ? WHOLE_GOOD : WHOLE_CUT, "tar archive",
	    end ? NULL : "the blocks that end such an archive are missing");
	if (end && is_zero(tail, ntail) && out->content <= WHOLE_TAIL)
		found(out, WHOLE_EMPTY, "tar archive", "no file is in it");
}

static void
judge_zip(const char *tail, size_t ntail, struct whole_seen *out)
{
	const char *end = NULL;

	for (size_t i = 0; i + ZIP_END <= ntail; i++)
		if (memcmp(tail + i, "PK\5\6", 4) == 0)
			end = tail + i;
	if (end == NULL)
		found(
		    out, WHOLE_CUT, "zip archive", "the list that ends such an archive is missing");
	else if (end[ZIP_COUNT_AT] == 0 && end[ZIP_COUNT_AT + 1] == 0)
		found(out, WHOLE_EMPTY, "zip archive", "no file is in it");
	else
		/* what is packed in it was not read */
		found(out, WHOLE_START, "zip archive", NULL);
}

void
whole_judge(const char *head, size_t nhead, const char *tail, size_t ntail, uint64_t content,
    struct whole_seen *out)
{
	out->content = content;
	if (content == 0)
		found(out, WHOLE_EMPTY, "file", "nothing is in it");
	else if (is_zero(head, nhead) && is_zero(tail, ntail) && nhead < TAR_END)
		found(out, WHOLE_DAMAGED, "file", "it holds only zeros");
	else if (begins(head, nhead, "PGDMP"))
		found(out, WHOLE_START, "PostgreSQL dump (own form)", NULL);
	else if (memmem(head, nhead, "-- PostgreSQL database", 22) != NULL)
		judge_pg(head, nhead, tail, ntail, out);
	else if (memmem(head, nhead, "-- MySQL dump", 13) != NULL ||
		 memmem(head, nhead, "-- MariaDB dump", 15) != NULL)
		judge_my(head, nhead, tail, ntail, out);
	else if (nhead > TAR_MAGIC_AT + 5 && memcmp(head + TAR_MAGIC_AT, "ustar", 5) == 0)
		judge_tar(tail, ntail, out);
	else if (begins(head, nhead, "PK\3\4") || begins(head, nhead, "PK\5\6"))
		judge_zip(tail, ntail, out);
	else if (is_zero(head, nhead) && is_zero(tail, ntail))
		found(out, WHOLE_DAMAGED, "file", "it holds only zeros");
	else
		found(out, WHOLE_START, "file", NULL);
}

/* Both ends of a content that goes by. */
struct ends {
	char head[WHOLE_HEAD], tail[WHOLE_TAIL];
	size_t nhead, ntail;
	uint64_t content;
};

static void
goes_by(struct ends *k, const char *s, size_t n)
{
	size_t first = WHOLE_HEAD - k->nhead < n ? WHOLE_HEAD - k->nhead : n, keep;

	memcpy(k->head + k->nhead, s, first);
	k->nhead += first;
	k->content += n;
	if (n >= WHOLE_TAIL) {
		memcpy(k->tail, s + n - WHOLE_TAIL, WHOLE_TAIL);
		k->ntail = WHOLE_TAIL;
		return;
	}
	keep = k->ntail + n > WHOLE_TAIL ? WHOLE_TAIL - n : k->ntail;
	memmove(k->tail, k->tail + k->ntail - keep, keep);
	memcpy(k->tail + keep, s, n);
	k->ntail = keep + n;
}

/* Both ends alone, of a file that is not packed. */
static bool
read_ends(int fd, uint64_t size, struct ends *k)
{
	ssize_t n = pread(fd, k->head, WHOLE_HEAD, 0);
	off_t at = size > WHOLE_TAIL ? (off_t)(size - WHOLE_TAIL) : 0;
	ssize_t m = pread(fd, k->tail, WHOLE_TAIL, at);

	k->nhead = n > 0 ? (size_t)n : 0;
	k->ntail = m > 0 ? (size_t)m : 0;
	k->content = size;
	return n >= 0 && m >= 0;
}

/* 1 all of it was read, 0 stopped, -1 with *e. */
static int
unpack_all(struct unpack *u, struct ends *k, bool (*stop)(void *), void *self, struct err *e)
{
	char buf[READ_SIZE];
	ssize_t n;

	while ((n = unpack_read(u, buf, sizeof(buf), e)) > 0) {
		goes_by(k, buf, (size_t)n);
		if (stop(self))
			return 0;
	}
	return n < 0 ? -1 : 1;
}

static void
look_packed(int fd, enum pack pack, bool (*stop)(void *), void *self, struct arena *a,
    struct whole_seen *out)
{
	struct err e = { 0 };
	struct unpack *u = unpack_new(pack, fd, &e);
	struct ends k = { .content = 0 };
	int rc = u != NULL ? unpack_all(u, &k, stop, self, &e) : -1;
	bool cut = u != NULL && unpack_cut(u);

	out->content = k.content;
	if (rc > 0) {
		whole_judge(k.head, k.nhead, k.tail, k.ntail, k.content, out);
		out->all = true;
		/* its packing has an end of its own */
		if (out->is == WHOLE_START)
			out->is = WHOLE_GOOD;
	} else if (rc == 0) {
		found(out, WHOLE_UNREAD, "packed file", "the time for reading it was over");
	} else {
		found(out,
		    cut                   ? WHOLE_CUT
		    : e.code == ERR_PARSE ? WHOLE_DAMAGED
					  : WHOLE_UNREAD,
		    "packed file", arena_text(a, e.msg));
	}
	if (u != NULL)
		unpack_free(u);
}

void
whole_look(int fd, uint64_t size, uint64_t limit, bool (*stop)(void *self), void *self,
    struct arena *a, struct whole_seen *out)
{
	struct ends k = { .content = 0 };
	enum pack pack;

	*out = (struct whole_seen){ .is = WHOLE_UNREAD, .form = "file" };
	if (!read_ends(fd, size, &k)) {
		out->why = arena_text(a, strerror(errno));
		return;
	}
	pack = pack_find((const unsigned char *)k.head, k.nhead);
	if (pack == PACK_NONE) {
		whole_judge(k.head, k.nhead, k.tail, k.ntail, size, out);
		return;
	}
	if (size > limit) {
		found(out, WHOLE_UNREAD, "packed file", "it is larger than verify_bytes");
		return;
	}
	look_packed(fd, pack, stop, self, a, out);
}
