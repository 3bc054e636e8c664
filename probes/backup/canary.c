/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the canaries in a source. It makes files in that one folder, and removes none but its own.
 */
#include "canary.h"

#include "base/file.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define NONCE_BYTES 16
#define LINE (CANARY_NAME + CANARY_NONCE) /* "canary-2026-11-16 NONCE\n", without a NUL */
#define CONTENT_MAX 128

static bool
one_line(const char *s, struct canary *out)
{
	static const char shape[] = "canary-dddd-dd-dd hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh\n";

	for (size_t i = 0; i < LINE; i++) {
		bool hex = strchr("0123456789abcdef", s[i]) != NULL && s[i] != '\0';

		if (shape[i] == 'd' && i >= 7 ? !(s[i] >= '0' && s[i] <= '9')
		    : shape[i] == 'h'         ? !hex
					      : s[i] != shape[i])
			return false;
	}
	memcpy(out->name, s, CANARY_NAME - 1);
	memcpy(out->nonce, s + CANARY_NAME, CANARY_NONCE - 1);
	out->name[CANARY_NAME - 1] = out->nonce[CANARY_NONCE - 1] = '\0';
	return true;
}

bool
canaries_read(const char *text, size_t len, struct canaries *out)
{
	out->n = 0;
	if (len % LINE != 0 || len > CANARY_NOTES_MAX)
		return false;
	for (size_t at = 0; at < len; at += LINE)
		if (!one_line(text + at, &out->v[out->n++]))
			return false;
	return true;
}

static size_t
content(const struct canary *c, char buf[CONTENT_MAX])
{
	return (size_t)snprintf(buf, CONTENT_MAX, "forewarn %s %s\n", c->name, c->nonce);
}

/* It stands there as it was written. */
static bool
is_there(int dir, const struct canary *c, struct arena *a)
{
	char want[CONTENT_MAX], *got;
	size_t n = content(c, want), len;

	return file_read(dir, c->name, FILE_NOFOLLOW, CONTENT_MAX, a, &got, &len, NULL) == 0 &&
	       len == n && memcmp(got, want, n) == 0;
}

static int
new_one(const char *name, struct canary *c, struct err *e)
{
	uint8_t random[NONCE_BYTES];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return err_sys(e, "there is no randomness");
	snprintf(c->name, sizeof(c->name), "%.*s", (int)CANARY_NAME - 1, name);
	for (size_t i = 0; i < NONCE_BYTES; i++)
		snprintf(c->nonce + 2 * i, 3, "%02x", random[i]);
	return 0;
}

/* The backup may run as another user, so others may read it, whatever our mask. */
static int
open_new(int dir, const char *name)
{
	mode_t mask = umask(022);
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	int error = errno;

	umask(mask);
	errno = error;
	return fd;
}

static int
write_one(int dir, const struct canary *c, struct err *e)
{
	char text[CONTENT_MAX];
	size_t n = content(c, text);
	int fd = open_new(dir, c->name);
	bool good;

	if (fd < 0)
		return err_sys(e, "%s", c->name);
	good = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	if (close(fd) < 0 || !good) {
		unlinkat(dir, c->name, 0);
		return err_set(e, ERR_SYS, "%s could not be written", c->name);
	}
	return 0;
}

static int
keep_notes(const struct probe_ctx *ctx, const struct canaries *all, struct err *e)
{
	struct str out;
	int rc;

	if (ctx->state_fd < 0)
		return err_set(e, ERR_ABSENT, "there is no folder to note it in");
	str_init(&out, CANARY_NOTES_MAX + 1);
	for (size_t i = 0; i < all->n; i++)
		str_addf(&out, "%s %s\n", all->v[i].name, all->v[i].nonce);
	rc = file_replace(ctx->state_fd, CANARY_NOTES, 0600, out.s, out.len, e);
	str_fini(&out);
	return rc;
}

/* The canary of a day is noted before it is written: a crash between leaves one that is missing,
 * which is told, and never one that nobody knows. */
static int
begin_day(
    const struct probe_ctx *ctx, int dir, const char *name, struct canaries *all, struct err *e)
{
	if (all->n > 0 && strcmp(all->v[all->n - 1].name, name) >= 0)
		return 0;
	if (faccessat(dir, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(e, ERR_RANGE, "%s is there, and not of this check", name);
	if (all->n == CANARY_MAX) {
		if (is_there(dir, &all->v[0], ctx->arena) && unlinkat(dir, all->v[0].name, 0) < 0)
			return err_sys(e, "removing %s", all->v[0].name);
		memmove(all->v, all->v + 1, (CANARY_MAX - 1) * sizeof(all->v[0]));
		all->n--;
	}
	if (new_one(name, &all->v[all->n], e) < 0)
		return -1;
	all->n++;
	if (write_one(dir, &all->v[all->n - 1], e) < 0) {
		all->n--;
		return -1;
	}
	return keep_notes(ctx, all, e);
}

/* What people accepted is not looked for any more. */
static void
forget_accepted(const struct probe_ctx *ctx, const char *folder, struct canaries *all)
{
	for (size_t i = 0; i < ctx->handed->naccepts; i++) {
		const struct accept *a = &ctx->handed->accepts[i];
		size_t n = 0;

		if (strcmp(a->rule, "backup.canary") != 0 || strcmp(a->target, folder) != 0)
			continue;
		for (size_t k = 0; k < all->n; k++)
			if (strcmp(all->v[k].name, a->finding) > 0)
				all->v[n++] = all->v[k];
		all->n = n;
		keep_notes(ctx, all, NULL);
	}
}

static void
tell(const struct probe_ctx *ctx, const char *folder, const struct canaries *all,
    const struct canary *missing, const struct err *e)
{
	struct arena *a = ctx->arena;
	struct evidence finding = { FINDING_KEY, missing != NULL ? missing->name : "" };
	struct item it = { .target = folder, .rule = "backup.canary" };

	if (missing != NULL) {
		it.state = ITEM_FOUND;
		it.finding = "altered";
		it.summary =
		    arena_printf(a, "The file %s in it is not as it was written", missing->name);
		it.evidence = &finding;
		it.nevidence = 1;
	} else if (e->code != ERR_NONE) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(a, "No dated file could be kept there: %s", e->msg);
	} else {
		it.summary = arena_printf(a, "%zu dated %s there, the newest is %s", all->n,
		    all->n == 1 ? "file stands" : "files stand", all->v[all->n - 1].name);
	}
	probe_emit(ctx, &it);
}

static int
read_notes(const struct probe_ctx *ctx, struct canaries *all, struct err *e)
{
	char *text;
	size_t len;

	all->n = 0;
	if (ctx->state_fd < 0 ||
	    faccessat(ctx->state_fd, CANARY_NOTES, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	if (file_read(ctx->state_fd, CANARY_NOTES, FILE_NOFOLLOW, CANARY_NOTES_MAX, ctx->arena,
		&text, &len, e) < 0)
		return -1;
	if (!canaries_read(text, len, all))
		return err_set(e, ERR_PARSE, "the notes of what was written are damaged");
	return 0;
}

void
canary_keep(const struct probe_ctx *ctx, const char *folder, instant now)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	const struct canary *missing = NULL;
	struct canaries all = { .n = 0 };
	struct err e = { ERR_NONE, "" };
	char name[64];
	struct civil c;

	instant_civil(now, &c);
	snprintf(name, sizeof(name), "canary-%04d-%02d-%02d", c.year, c.month, c.day);
	if (dir < 0)
		err_sys(&e, "%s", folder);
	else if (read_notes(ctx, &all, &e) == 0) {
		forget_accepted(ctx, folder, &all);
		for (size_t i = 0; i < all.n && missing == NULL; i++)
			if (!is_there(dir, &all.v[i], ctx->arena))
				missing = &all.v[i];
		if (missing == NULL)
			begin_day(ctx, dir, name, &all, &e);
	}
	if (dir >= 0)
		close(dir);
	tell(ctx, folder, &all, missing, &e);
}
