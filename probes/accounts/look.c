/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the files, and the descriptor of shadow that is opened before the cell is closed:
 * afterwards no cell may open that file. Of it nothing is kept but whether a password is set.
 */
#include "look.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int shadow_fd = -1;
static struct err shadow_fault;

static const char *
below(const char *root, const char *path, struct arena *a)
{
	return arena_printf(a, "%s%s", strcmp(root, "/") == 0 ? "" : root, path);
}

void
probe_before(const struct probe_ctx *ctx, const void *vconf)
{
	const struct accounts_conf *c = vconf;

	if (c->passwords)
		shadow_fd = file_open(AT_FDCWD, below(c->root, "/etc/shadow", ctx->arena),
		    FILE_FOLLOW, NULL, &shadow_fault);
}

static int
read_at(const char *root, const char *path, struct arena *a, char **text, struct err *e)
{
	size_t len;

	return file_read(
	    AT_FDCWD, below(root, path, a), FILE_FOLLOW, ACCOUNTS_FILE_MAX, a, text, &len, e);
}

/* A test has no cell, so nothing was opened before it. */
static void
read_shadow(const struct probe_ctx *ctx, const struct accounts_conf *c, struct look *l)
{
	char *text;
	ssize_t got = -1;

	if (!c->passwords) {
		l->no_shadow = "passwords = false";
		return;
	}
	if (shadow_fd < 0 && shadow_fault.code == ERR_NONE)
		probe_before(ctx, c);
	if (shadow_fd >= 0) {
		text = arena_alloc(ctx->arena, ACCOUNTS_FILE_MAX + 1);
		got = pread(shadow_fd, text, ACCOUNTS_FILE_MAX, 0);
		close(shadow_fd);
		shadow_fd = -1;
	}
	if (got > 0 && (size_t)got < ACCOUNTS_FILE_MAX) {
		etc_shadow(text, &l->etc);
		explicit_bzero(text, (size_t)got);
	} else
		l->no_shadow = shadow_fault.code != ERR_NONE
				   ? arena_text(ctx->arena, shadow_fault.msg)
				   : "/etc/shadow is empty or too long";
	shadow_fault = (struct err){ .code = ERR_NONE };
}

static void
doubt(struct look *l, const char *why)
{
	if (l->least == NULL)
		l->least = why;
}

static void
one_file(const char *root, const char *path, struct look *l, struct arena *a)
{
	struct err why = { 0 };
	char *text;

	if (read_at(root, path, a, &text, &why) < 0) {
		l->ways.read = false;
		doubt(l, arena_printf(a, "%s: %s", path, why.msg));
	} else
		sudoers_read(text, a, &l->sudoers);
}

static int
by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The files of a folder that sudo would read, in the order of their names. */
static void
one_folder(const char *root, const char *path, struct look *l, struct arena *a)
{
	DIR *d = opendir(below(root, path, a));
	const char **names = NULL;
	size_t n = 0, cap = 0;
	struct dirent *entry;

	if (d == NULL) {
		if (errno != ENOENT)
			doubt(l, arena_printf(a, "%s: %s", path, strerror(errno)));
		return;
	}
	while ((entry = readdir(d)) != NULL)
		if (sudoers_is_read(entry->d_name)) {
			names = arena_grow(a, names, n, &cap, sizeof(*names));
			names[n++] = arena_text(a, entry->d_name);
		}
	closedir(d);
	if (n > 0)
		qsort(names, n, sizeof(*names), by_name);
	if (n > SUDOERS_FILES_MAX)
		doubt(l, arena_printf(a, "%s: more than %d files", path, SUDOERS_FILES_MAX));
	for (size_t i = 0; i < n && i < SUDOERS_FILES_MAX; i++)
		one_file(root, arena_printf(a, "%s/%s", path, names[i]), l, a);
}

static const char *
absolute(const char *path, struct arena *a)
{
	return path[0] == '/' ? path : arena_printf(a, "/etc/%s", path);
}

/* sudoers, and all that it includes, each file once it is named. */
static void
read_sudoers(const char *root, struct look *l, struct arena *a)
{
	size_t files = 0, folders = 0;

	l->ways.read = true;
	one_file(root, "/etc/sudoers", l, a);
	while (files < l->sudoers.includes.n || folders < l->sudoers.folders.n)
		if (files < l->sudoers.includes.n)
			one_file(root, absolute(l->sudoers.includes.v[files++], a), l, a);
		else
			one_folder(root, absolute(l->sudoers.folders.v[folders++], a), l, a);
	sudoers_end(a, &l->sudoers);
	if (l->sudoers.unsure > 0)
		doubt(l, arena_printf(a, "a line of sudoers that forewarn does not follow: %.100s",
			     l->sudoers.first_unsure));
}

static bool
is_there(const char *root, const char *path, struct arena *a)
{
	return access(below(root, path, a), F_OK) == 0;
}

/* What its owner lets in by a key: 1 some, 0 none, -1 that is kept from us. */
static int
keys_of(const char *root, const struct etc_account *it, struct arena *a)
{
	struct stat st;

	if (stat(below(root, arena_printf(a, "%s/.ssh/authorized_keys", it->home), a), &st) == 0)
		return st.st_size > 0;
	return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
}

/* Which of them count, once all is read. */
static void
weigh(const char *root, struct look *l, struct arena *a)
{
	int64_t day = l->now / (86400 * INSTANT_S);

	ways_of_accounts(&l->etc, &l->ways);
	for (size_t i = 0; i < l->etc.naccounts; i++) {
		struct etc_account *it = &l->etc.accounts[i];

		ways_usable(it, &l->ways, day, keys_of(root, it, a));
		if (it->unsure && (it->ways & BY_RIGHT) != 0)
			doubt(
			    l, arena_printf(a, "whether %s has a key to log in with cannot be seen",
				   it->name));
	}
	if (l->etc.bad > 0)
		doubt(l, "a line of passwd, group or shadow is not understood");
}

int
look_around(
    const struct probe_ctx *ctx, const struct accounts_conf *c, struct look *l, struct err *e)
{
	struct arena *a = ctx->arena;
	char *text;

	*l = (struct look){ .now = ctx->clk->wall(ctx->clk), .ways.sudoers = &l->sudoers };
	if (read_at(c->root, "/etc/passwd", a, &text, e) < 0)
		return err_wrap(e, "/etc/passwd");
	etc_passwd(text, a, &l->etc);
	if (read_at(c->root, "/etc/group", a, &text, e) < 0)
		return err_wrap(e, "/etc/group");
	etc_group(text, a, &l->etc);
	if (l->etc.naccounts == 0)
		return err_set(e, ERR_PARSE, "/etc/passwd holds no account");
	read_shadow(ctx, c, l);
	if (read_at(c->root, "/etc/nsswitch.conf", a, &text, &(struct err){ 0 }) == 0)
		l->directory = etc_directory(text, a);
	if (l->directory == NULL && l->etc.directory)
		l->directory = "compat";
	if (read_at(c->root, "/etc/shells", a, &text, &(struct err){ 0 }) == 0)
		l->ways.shells = text;
	l->ways.polkit = is_there(c->root, "/etc/polkit-1", a);
	l->ways.sudo = is_there(c->root, "/etc/sudoers", a);
	if (l->ways.sudo)
		read_sudoers(c->root, l, a);
	logins_read(below(c->root, "", a), &l->etc, a, &l->logins);
	weigh(c->root, l, a);
	return 0;
}
