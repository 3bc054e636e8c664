/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which files make up logrotate's configuration.
 */
#include "rotate_load.h"

#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct load {
	struct err *why;
	size_t files, bytes;
	unsigned depth;
};

static void
blind(struct load *l, const char *path, const struct err *why)
{
	if (l->why->code != ERR_NONE)
		return;
	*l->why = *why;
	err_wrap(l->why, "%.300s", path);
}

/* Whose logrotate it is that reads this file: as root it reads none that others may write to. */
static void
look_at_owner(struct rotate_conf *c, const char *path)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	c->of_root = there && st.st_uid == 0;
	c->ignored = c->of_root && (st.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

static void
read_file(struct rotate_conf *c, struct load *l, const char *path)
{
	bool of_root = c->of_root, ignored = c->ignored;
	struct err e = { 0 };
	char *text;
	size_t n;

	if (l->files == ROTATE_FILES_MAX || l->bytes > ROTATE_BYTES_MAX) {
		c->over = "files";
		return;
	}
	l->files++;
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, ROTATE_FILE_MAX, c->arena, &text, &n, &e) < 0) {
		blind(l, path, &e);
		return;
	}
	l->bytes += n;
	look_at_owner(c, path);
	rotate_read(c, arena_text(c->arena, path), text, n);
	c->of_root = of_root;
	c->ignored = ignored;
}

/* What logrotate leaves out of a folder: endings that packagers and editors give to what is not in
 * use (`tabooext`, which may add to these and is not followed). */
static bool
is_taboo(const char *name)
{
	static const char *const ends[] = { ",v", ".bak", ".cfsaved", ".disabled", ".dpkg-bak",
		".dpkg-del", ".dpkg-dist", ".dpkg-new", ".dpkg-old", ".dpkg-tmp", ".rhn-cfg-tmp",
		".rpmnew", ".rpmorig", ".rpmsave", ".swp", ".ucf-dist", ".ucf-new", ".ucf-old",
		"~" };
	size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t k = strlen(ends[i]);

		if (n >= k && strcmp(name + n - k, ends[i]) == 0)
			return true;
	}
	return name[0] == '.';
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
read_folder(struct rotate_conf *c, struct load *l, const char *path, DIR *d)
{
	const char **names = arena_array(c->arena, ROTATE_FILES_MAX, sizeof(*names));
	const struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(d)) != NULL) {
		if (is_taboo(entry->d_name) || entry->d_type == DT_DIR)
			continue;
		if (n == ROTATE_FILES_MAX) {
			c->over = "files";
			break;
		}
		names[n++] = arena_printf(c->arena, "%s/%s", path, entry->d_name);
	}
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 0; i < n; i++)
		read_file(c, l, names[i]);
}

static void
include(struct rotate_conf *c, void *self, const char *path)
{
	struct load *l = self;
	struct err e = { 0 };
	DIR *d;

	if (l->depth == ROTATE_DEPTH_MAX) {
		c->over = "files that include one another";
		return;
	}
	l->depth++;
	d = opendir(path);
	if (d != NULL) {
		read_folder(c, l, path, d);
		closedir(d);
	} else if (errno == ENOTDIR) {
		read_file(c, l, path);
	} else {
		err_sys(&e, "cannot look into it");
		blind(l, path, &e);
	}
	l->depth--;
}

void
rotate_load(struct rotate_conf *c, const char *path, struct err *why)
{
	struct load l = { .why = why };

	*why = (struct err){ 0 };
	rotate_defaults(c);
	c->include = include;
	c->self = &l;
	read_file(c, &l, path);
	c->include = NULL;
	c->self = NULL;
}
