/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the two files of a log's state: loading, appending statements, replacing the head.
 */
#include "state.h"

#include "head.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FLUSH ((size_t)1 << 20) /* bytes of statements that wait to be written */
#define READ_SIZE ((size_t)256 << 10)
#define FILE_NAME 64

static const char *
file_name(const struct state *s, const char *ending, char buf[FILE_NAME])
{
	snprintf(buf, FILE_NAME, "%s.%s", s->id, ending);
	return buf;
}

static bool
ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);

	return n >= k && strcmp(name + n - k, ending) == 0;
}

/* Takes away all files of the folder that are named start ... ending. */
static void
sweep(int dir, const char *start, const char *ending)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (d == NULL)
		return;
	while ((entry = readdir(d)) != NULL)
		if (strncmp(entry->d_name, start, strlen(start)) == 0 &&
		    ends_with(entry->d_name, ending) && strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			unlinkat(dir, entry->d_name, 0);
	closedir(d);
}

void
state_sweep(int dir)
{
	sweep(dir, ".", "");
}

void
state_id(struct digester *d, const char *path, char id[STATE_ID])
{
	uint8_t hash[HASH_SIZE];
	char text[HASH_TEXT];

	digest_of(d, path, strlen(path), hash);
	hash_text(hash, text);
	memcpy(id, text, STATE_ID - 1);
	id[STATE_ID - 1] = '\0';
}

static void
init(struct state *s, int dir, const char *path, struct arena *a, struct digester *d)
{
	memset(s, 0, sizeof(*s));
	s->dir = dir;
	s->fd = -1;
	s->arena = a;
	s->digest = d;
	s->path = path;
	s->next_segment = 1;
	s->order.newest = INSTANT_NONE;
	state_id(d, path, s->id);
	str_init(&s->pending, 2 * FLUSH);
}

/* A head is there before the first statement is written (flush): somebody took it away. */
static int
without_head(struct state *s, struct err *e)
{
	char name[FILE_NAME];
	struct stat st;

	if (fstatat(s->dir, file_name(s, "statements", name), &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    st.st_size == 0)
		return 0;
	s->headless = true;
	return err_set(e, ERR_PARSE, "its head is gone");
}

static int
load_head(struct state *s, struct err *e)
{
	char name[FILE_NAME], *text;
	struct err why = { 0 };
	struct stat st;
	size_t n;

	if (file_read(s->dir, file_name(s, "head", name), FILE_NOFOLLOW, STATE_HEAD_MAX, s->arena,
		&text, &n, &why) < 0) {
		if (why.code == ERR_ABSENT)
			return without_head(s, e);
		return err_set(e,
		    why.code == ERR_SYS || why.code == ERR_DENIED ? why.code : ERR_PARSE,
		    "its head %s", why.msg);
	}
	if (!head_read(s, text, n))
		return err_set(e, ERR_PARSE, "its head is damaged");
	s->dirty = false; /* that its segments were put into the list is no change */
	s->written = s->valid;
	s->known = s->valid > 0; /* else a first run was killed before it knew anything */
	if (!s->known)
		return 0;
	if (fstatat(s->dir, file_name(s, "statements", name), &st, AT_SYMLINK_NOFOLLOW) < 0)
		return err_set(e, errno == ENOENT ? ERR_PARSE : ERR_SYS, "its statements: %s",
		    strerror(errno));
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size < s->valid)
		return err_set(e, ERR_PARSE, "its statements are shorter than they were");
	return 0;
}

int
state_load(
    struct state *s, int dir, const char *path, struct arena *a, struct digester *d, struct err *e)
{
	init(s, dir, path, a, d);
	return load_head(s, e);
}

void
state_fini(struct state *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	str_fini(&s->pending);
}

int
state_restart(struct state *s, struct err *e)
{
	static const char *const ending[] = { "statements", "head" };
	char from[FILE_NAME], to[FILE_NAME];
	struct state fresh;

	for (size_t i = 0; i < 2; i++) {
		file_name(s, ending[i], from);
		snprintf(to, sizeof(to), "%s.%s.damaged", s->id, ending[i]);
		if (renameat(s->dir, from, s->dir, to) < 0 && errno != ENOENT)
			return err_sys(e, "cannot put %s aside", from);
	}
	snprintf(from, sizeof(from), "%s.", s->id);
	sweep(s->dir, from, ".side");
	init(&fresh, s->dir, s->path, s->arena, s->digest);
	fresh.key = s->key;
	state_fini(s);
	*s = fresh;
	return 0;
}

static int
need_fd(struct state *s)
{
	char name[FILE_NAME];

	if (s->fd < 0)
		s->fd = openat(s->dir, file_name(s, "statements", name),
		    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return s->fd;
}

/* The head of a log that nothing is known of. */
static int
begin_head(struct state *s, struct err *e)
{
	char name[FILE_NAME];
	struct state fresh;
	struct str head;
	int rc;

	init(&fresh, s->dir, s->path, s->arena, s->digest);
	str_init(&head, STATE_HEAD_MAX);
	head_write(&fresh, &head);
	rc = file_replace(s->dir, file_name(s, "head", name), 0600, head.s, head.len, e);
	str_fini(&head);
	state_fini(&fresh);
	s->begun = rc == 0;
	return rc;
}

/* Statements that were written are behind `valid` until the head says otherwise. */
static int
flush(struct state *s, struct err *e)
{
	size_t at = 0;

	if (s->pending.len == 0)
		return 0;
	if (s->written > STATE_STATEMENTS_MAX)
		return err_set(e, ERR_LIMIT, "the notes on this log reach %" PRIu64 " MiB",
		    STATE_STATEMENTS_MAX >> 20);
	if (need_fd(s) < 0)
		return err_sys(e, "cannot open its statements");
	if (!s->known && !s->begun && begin_head(s, e) < 0)
		return -1;
	while (at < s->pending.len) {
		off_t to = (off_t)(s->written - s->pending.len + at);
		ssize_t w = pwrite(s->fd, s->pending.s + at, s->pending.len - at, to);

		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return err_sys(e, "cannot write its statements");
		at += (size_t)w;
	}
	str_clear(&s->pending);
	return 0;
}

void
state_say(struct state *s, const char *line, size_t n)
{
	if (s->pending.len + n + 1 > FLUSH)
		/* what cannot be written now stays and shows at state_save */
		flush(s, NULL);
	digest_chain(s->digest, s->chain, line, n);
	str_addn(&s->pending, line, n);
	str_addc(&s->pending, '\n');
	s->written += n + 1;
	s->dirty = true;
}

void
state_sayf(struct state *s, const char *fmt, ...)
{
	va_list ap;
	char buf[STATEMENT_MAX];
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (n > 0 && (size_t)n < sizeof(buf))
		state_say(s, buf, (size_t)n);
}

int
state_save(struct state *s, struct err *e)
{
	char name[FILE_NAME];
	struct str head;
	int rc;

	if (!s->dirty)
		return 0;
	if (s->pending.cut)
		return err_set(e, ERR_SYS, "its statements could not be written");
	if (flush(s, e) < 0)
		return -1;
	if (need_fd(s) < 0)
		return err_sys(e, "cannot open its statements");
	if (ftruncate(s->fd, (off_t)s->written) < 0 || fdatasync(s->fd) < 0)
		return err_sys(e, "cannot write its statements");
	str_init(&head, STATE_HEAD_MAX);
	head_write(s, &head);
	rc = head.cut ? err_set(e, ERR_LIMIT, "its head reaches %zu MiB", STATE_HEAD_MAX >> 20)
		      : file_replace(s->dir, file_name(s, "head", name), 0600, head.s, head.len, e);
	str_fini(&head);
	if (rc < 0)
		return -1;
	s->valid = s->written;
	s->dirty = false;
	return 0;
}

void
statements_open(struct statements *r, struct state *s, uint64_t from)
{
	*r = (struct statements){ .s = s, .at = from, .end = s->written };
	r->cap = READ_SIZE;
	r->buf = memory_or_end(malloc(r->cap + 1), "statements");
}

void
statements_close(struct statements *r)
{
	free(r->buf);
	r->buf = NULL;
}

static int
refill(struct statements *r)
{
	ssize_t got;

	memmove(r->buf, r->buf + r->used, r->len - r->used);
	r->len -= r->used;
	r->used = 0;
	do {
		got = pread(r->s->fd, r->buf + r->len, r->cap - r->len, (off_t)(r->at + r->len));
	} while (got < 0 && errno == EINTR);
	if (got <= 0)
		return -1;
	r->len += (size_t)got;
	return 0;
}

int
statements_next(struct statements *r, char **line, size_t *n)
{
	char *nl;

	if (r->at >= r->end)
		return 0;
	if ((r->s->pending.len > 0 && flush(r->s, NULL) < 0) || need_fd(r->s) < 0)
		return -1;
	while ((nl = memchr(r->buf + r->used, '\n', r->len - r->used)) == NULL) {
		if (r->len - r->used > STATEMENT_MAX || refill(r) < 0)
			return -1;
	}
	*line = r->buf + r->used;
	*n = (size_t)(nl - *line);
	*nl = '\0';
	if (*n > STATEMENT_MAX || r->at + *n + 1 > r->end)
		return -1;
	r->used += *n + 1;
	r->at += *n + 1;
	return 1;
}

bool
state_sound(struct state *s)
{
	uint8_t chain[HASH_SIZE] = { 0 };
	struct statements r;
	char *line;
	size_t n;
	int rc;

	statements_open(&r, s, 0);
	while ((rc = statements_next(&r, &line, &n)) == 1)
		digest_chain(s->digest, chain, line, n);
	statements_close(&r);
	return rc == 0 && memcmp(chain, s->chain, HASH_SIZE) == 0;
}
