/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the files of an input that are laid out for a check, and that they are removed.
 */
#include "cli/prove_lay.h"

#include "cli/prove_case.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGE SPAN_DAY /* of a file whose time is not said, before the moment that stands for now */

bool
prove_lay_is_control(const char *name)
{
	static const char *const names[] = { "check.conf", "at", "replay", "gone", "times", "modes",
		NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncmp(name, "look", 4) == 0 && name[4] >= '1' && name[4] <= '9' && name[5] == '\0';
}

const char *
prove_lay_text(const char *dir, const char *name, struct arena *a)
{
	struct err e;
	char *data;
	size_t n;

	return file_read(AT_FDCWD, arena_printf(a, "%s/%s", dir, name), FILE_NOFOLLOW,
		   PROVE_TEXT_MAX, a, &data, &n, &e) == 0
		   ? data
		   : NULL;
}

/* The next line of *text, without its end, in the arena; NULL: no more. Empty ones are passed over.
 */
static char *
next_line(const char **text, struct arena *a)
{
	size_t n;

	*text += strspn(*text, "\n");
	n = strcspn(*text, "\n");
	if (n == 0)
		return NULL;
	*text += n;
	return arena_printf(a, "%.*s", (int)n, *text - n);
}

/* A name within the folder of the input, and nowhere else. */
static bool
is_inside(const char *name)
{
	return name[0] != '/' && name[0] != '\0' && strstr(name, "..") == NULL;
}

int
prove_lay_make(const char *path, mode_t mode, const void *data, size_t n, struct err *e)
{
	char folder[PATH_MAX];
	const char *name = strrchr(path, '/') + 1;
	int dir, rc;

	snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_sys(e, "%s", folder);
	rc = unlinkat(dir, name, 0) < 0 && errno != ENOENT ? err_sys(e, "%s", path) : 0;
	if (rc == 0 && file_create(dir, name, mode, FILE_OWNER_KEPT, data, n, e) < 0)
		rc = err_wrap(e, "%s", path);
	close(dir);
	return rc;
}

static int
copy_file(const char *from, const char *to, mode_t mode, struct arena *a, struct err *e)
{
	char *data;
	size_t n;

	if (file_read(AT_FDCWD, from, FILE_NOFOLLOW, PROVE_FILE_MAX, a, &data, &n, e) < 0)
		return err_wrap(e, "%s", from);
	return prove_lay_make(to, mode & 07777, data, n, e);
}

static int
copy_link(const char *from, const char *to, struct err *e)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0)
		return err_sys(e, "%s", from);
	target[n] = '\0';
	if (unlink(to) < 0 && errno != ENOENT)
		return err_sys(e, "%s", to);
	return symlink(target, to) < 0 ? err_sys(e, "%s", to) : 0;
}

static int copy_tree(
    const char *from, const char *to, instant at, int depth, struct arena *a, struct err *e);

static int
copy_one(const char *from, const char *to, instant at, int depth, struct arena *a, struct err *e)
{
	const struct timespec when[2] = { { at / INSTANT_S, 0 }, { at / INSTANT_S, 0 } };
	struct stat st;
	int rc;

	if (lstat(from, &st) < 0)
		return err_sys(e, "%s", from);
	if (S_ISDIR(st.st_mode))
		rc = copy_tree(from, to, at, depth + 1, a, e);
	else if (S_ISLNK(st.st_mode))
		rc = copy_link(from, to, e);
	else
		rc = copy_file(from, to, st.st_mode, a, e);
	if (rc == 0 && utimensat(AT_FDCWD, to, when, AT_SYMLINK_NOFOLLOW) < 0)
		rc = err_sys(e, "%s", to);
	return rc;
}

static int
copy_tree(const char *from, const char *to, instant at, int depth, struct arena *a, struct err *e)
{
	DIR *d = opendir(from);
	const struct dirent *entry;
	int rc = 0;

	if (d == NULL)
		return err_sys(e, "%s", from);
	if (mkdir(to, 0755) < 0 && errno != EEXIST)
		rc = err_sys(e, "%s", to);
	if (depth > PROVE_DEPTH_MAX)
		rc = err_set(
		    e, ERR_LIMIT, "%s: folders in folders (at most %d)", from, PROVE_DEPTH_MAX);
	while (rc == 0 && (entry = readdir(d)) != NULL) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    (depth == 0 && prove_lay_is_control(name)))
			continue;
		rc = copy_one(arena_printf(a, "%s/%s", from, name),
		    arena_printf(a, "%s/%s", to, name), at, depth, a, e);
	}
	closedir(d);
	return rc;
}

static int
take_away(const char *names, const char *to, struct arena *a, struct err *e)
{
	const char *name;

	while (names != NULL && (name = next_line(&names, a)) != NULL) {
		const char *path = arena_printf(a, "%s/%s", to, name);

		if (!is_inside(name) || access(path, F_OK) < 0)
			return err_set(e, ERR_RANGE, "gone: \"%s\" is not there", name);
		prove_lay_remove(path);
	}
	return 0;
}

static int
set_times(const char *lines, const char *to, struct arena *a, struct err *e)
{
	char *line, *name;

	while (lines != NULL && (line = next_line(&lines, a)) != NULL) {
		struct timespec when[2] = { 0 };
		instant at;

		name = strchr(line, ' ');
		if (name == NULL || !is_inside(name + 1))
			return err_set(e, ERR_PARSE, "times: \"%s\": MOMENT NAME", line);
		*name++ = '\0';
		if (instant_parse(line, &at, e) < 0)
			return err_wrap(e, "times");
		when[0].tv_sec = when[1].tv_sec = at / INSTANT_S;
		if (utimensat(AT_FDCWD, arena_printf(a, "%s/%s", to, name), when,
			AT_SYMLINK_NOFOLLOW) < 0)
			return err_sys(e, "times: %s", name);
	}
	return 0;
}

/* git and packages keep no rights of files but that to run them. */
static int
set_modes(const char *lines, const char *to, struct arena *a, struct err *e)
{
	char *line, *name;

	while (lines != NULL && (line = next_line(&lines, a)) != NULL) {
		unsigned long mode = strtoul(line, &name, 8);

		if (*name != ' ' || mode > 07777 || !is_inside(name + 1))
			return err_set(e, ERR_PARSE, "modes: \"%s\": MODE NAME", line);
		if (chmod(arena_printf(a, "%s/%s", to, name + 1), (mode_t)mode) < 0)
			return err_sys(e, "modes: %s", name + 1);
	}
	return 0;
}

int
prove_lay(const char *from, const char *to, instant at, struct arena *a, struct err *e)
{
	if (take_away(prove_lay_text(from, "gone", a), to, a, e) < 0 ||
	    copy_tree(from, to, instant_plus(at, -AGE), 0, a, e) < 0)
		return -1;
	if (set_times(prove_lay_text(from, "times", a), to, a, e) < 0)
		return -1;
	return set_modes(prove_lay_text(from, "modes", a), to, a, e);
}

void
prove_lay_remove(const char *dir)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	struct stat st;
	DIR *d;

	if (lstat(dir, &st) < 0)
		return;
	if (!S_ISDIR(st.st_mode)) {
		unlink(dir);
		return;
	}
	chmod(dir, 0700); /* an input may be a folder that its owner cannot enter */
	d = opendir(dir);
	while (d != NULL && (entry = readdir(d)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    (size_t)snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name) <
			sizeof(path))
			prove_lay_remove(path);
	if (d != NULL)
		closedir(d);
	rmdir(dir);
}
