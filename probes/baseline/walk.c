/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way through a folder, and the reading of its files.
 */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sha2.h>
#include <unistd.h>

/* Of the time of a run: what is left for the names of files that are not read, and for telling. */
#define READ_UNTIL (1500 * SPAN_MS)
#define WALK_UNTIL (400 * SPAN_MS)
#define BUFFER ((size_t)256 << 10)
#define LINK_MAX_BYTES 4096

struct walk {
	const struct probe_ctx *ctx;
	const struct texts *skip;
	struct folder *f;
	size_t *room;
	instant now;
};

static int64_t
ns(struct timespec t)
{
	return (int64_t)t.tv_sec * SPAN_S + t.tv_nsec;
}

static void
missed(struct walk *w, const char *name, const char *why)
{
	if (w->f->unread++ == 0)
		w->f->first = arena_printf(w->ctx->arena, "%.200s (%s)", name, why);
}

/* A part of the folder was not seen: what is not found is not gone. */
static void
unseen(struct walk *w, const char *name, const char *why)
{
	missed(w, name, why);
	if (w->f->fault == NULL)
		w->f->fault = w->f->first;
}

static void
give_up(struct walk *w, const char *name, const char *why)
{
	unseen(w, name, why);
	w->f->cut = true;
}

static bool
is_late(const struct walk *w)
{
	return probe_left(w->ctx) < READ_UNTIL;
}

static void
finish(SHA2_CTX *sum, char out[SHA_TEXT])
{
	uint8_t bytes[SHA256_DIGEST_LENGTH];

	SHA256Final(bytes, sum);
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

void
sum_text(const char *text, size_t n, char out[SHA_TEXT])
{
	SHA2_CTX sum;

	SHA256Init(&sum);
	SHA256Update(&sum, (const uint8_t *)text, n);
	finish(&sum, out);
}

/* NULL: it is read; else why not. */
static const char *
sum_bytes(const struct walk *w, int fd, char out[SHA_TEXT])
{
	static uint8_t buf[BUFFER];
	SHA2_CTX sum;
	ssize_t n;

	SHA256Init(&sum);
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		SHA256Update(&sum, buf, (size_t)n);
		if (is_late(w))
			return "no time was left";
	}
	if (n < 0)
		return strerror(errno);
	finish(&sum, out);
	return NULL;
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && ns(a->st_mtim) == ns(b->st_mtim) &&
	       ns(a->st_ctim) == ns(b->st_ctim) && a->st_ino == b->st_ino;
}

static const char *
sum_file(const struct walk *w, int dir, const char *entry, struct stat *st, char out[SHA_TEXT])
{
	struct stat after;
	const char *why;
	int fd;

	if (st->st_size > BASELINE_BYTES_MAX)
		return "larger than is read";
	fd = openat(dir, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return strerror(errno);
	if (fstat(fd, st) < 0 || !S_ISREG(st->st_mode))
		why = "exchanged while it was opened";
	else
		why = sum_bytes(w, fd, out);
	if (why == NULL && (fstat(fd, &after) < 0 || !is_same(st, &after)))
		why = "written while it was read";
	close(fd);
	return why;
}

static const char *
sum_entry(const struct walk *w, int dir, const char *entry, struct stat *st, char out[SHA_TEXT])
{
	char text[LINK_MAX_BYTES + 1] = "link ";
	ssize_t n;

	if (S_ISREG(st->st_mode))
		return sum_file(w, dir, entry, st, out);
	if (!S_ISLNK(st->st_mode)) {
		n = snprintf(text, sizeof(text), "kind %o", st->st_mode & S_IFMT);
		sum_text(text, (size_t)n, out);
		return NULL;
	}
	n = readlinkat(dir, entry, text + 5, sizeof(text) - 5);
	if (n < 0)
		return strerror(errno);
	sum_text(text, (size_t)n + 5, out);
	return NULL;
}

/* The bytes may be others than those that were read. */
static bool
is_stale(const struct walk *w, const struct known *k, const struct stat *st)
{
	span old;

	if (k->hashed == INSTANT_NONE || k->size != st->st_size || k->written != ns(st->st_mtim) ||
	    k->touched != ns(st->st_ctim) || k->inode != st->st_ino)
		return true;
	old = instant_minus(w->now, k->hashed);
	return old < 0 || (old >= BASELINE_AGAIN && !w->ctx->handed->gentle);
}

static struct known *
known_of(struct walk *w, const char *name)
{
	struct known *k = files_find(w->f, name);

	if (k != NULL)
		return k;
	if (*w->room == 0) {
		give_up(w, name, "more files than are watched");
		return NULL;
	}
	--*w->room;
	k = files_add(w->f, name, w->ctx->arena);
	if (w->f->is_new)
		memcpy(k->base, SHA_UNREAD, sizeof(SHA_UNREAD));
	else
		k->since = w->now;
	return k;
}

static void
look(struct walk *w, int dir, const char *entry, const char *name, struct stat *st)
{
	struct known *k = known_of(w, name);
	char sha[SHA_TEXT];

	if (k == NULL)
		return;
	k->seen = true;
	if (!is_stale(w, k, st))
		return;
	k->fault = is_late(w) ? "no time was left" : sum_entry(w, dir, entry, st, sha);
	if (k->fault != NULL) {
		missed(w, name, k->fault);
		return;
	}
	k->size = st->st_size;
	k->written = ns(st->st_mtim);
	k->touched = ns(st->st_ctim);
	k->inode = st->st_ino;
	k->hashed = w->now;
	files_read(w->f, k, sha, w->now);
}

static void enter(struct walk *w, int fd, const char *way, int depth);

static void
look_entry(struct walk *w, int dir, const char *entry, const char *way, int depth)
{
	const char *name = name_of(way, entry, w->ctx->arena);
	struct stat st;

	if (name == NULL)
		unseen(w, entry, "its name is too long");
	else if (name_is_skipped(w->skip, name))
		return;
	else if (fstatat(dir, entry, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT) /* gone since the folder was read */
			unseen(w, name, strerror(errno));
	} else if (!S_ISDIR(st.st_mode))
		look(w, dir, entry, name, &st);
	else if (depth == BASELINE_DEPTH_MAX)
		unseen(w, name, "too many folders in folders");
	else {
		int fd = openat(dir, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd < 0)
			unseen(w, name, strerror(errno));
		else
			enter(w, fd, name, depth + 1);
	}
}

/* fd: the folder's, closed here. */
static void
enter(struct walk *w, int fd, const char *way, int depth)
{
	DIR *d = fdopendir(fd);
	struct dirent *entry;

	if (d == NULL) {
		unseen(w, way, strerror(errno));
		close(fd);
		return;
	}
	for (errno = 0; (entry = readdir(d)) != NULL; errno = 0) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (w->f->entries++ == BASELINE_ENTRIES_MAX)
			give_up(w, entry->d_name, "more entries than are looked at");
		else if (probe_left(w->ctx) < WALK_UNTIL)
			give_up(w, entry->d_name, "no time was left");
		if (w->f->cut)
			break;
		look_entry(w, dirfd(d), entry->d_name, way, depth);
	}
	if (entry == NULL && errno != 0)
		unseen(w, way[0] != '\0' ? way : w->f->path, strerror(errno));
	closedir(d);
}

void
walk(const struct probe_ctx *ctx, const struct texts *skip, struct folder *f, size_t *room,
    instant now)
{
	struct walk w = { .ctx = ctx, .skip = skip, .f = f, .room = room, .now = now };
	int fd = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	probe_note(ctx, arena_printf(ctx->arena, "reading %s", f->path));
	if (fd < 0)
		unseen(&w, f->path, strerror(errno));
	else
		enter(&w, fd, "", 0);
}
