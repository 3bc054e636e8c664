/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of the logs of a check, and the names that are kept of it.
 */
#include "logs.h"

#include "files.h"
#include "statement.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "logs"

bool
logs_many(const char *entry)
{
	return entry[strlen(entry) - 1] == '/' || strpbrk(entry, "*?[") != NULL;
}

static bool
is_folder(const char *entry)
{
	return entry[strlen(entry) - 1] == '/';
}

/* The file is one that this entry stands for. */
static bool
stands_for(const char *entry, const char *path)
{
	size_t n = strlen(entry);

	if (!is_folder(entry))
		return fnmatch(entry, path, FNM_PATHNAME | FNM_PERIOD) == 0;
	return strncmp(entry, path, n) == 0 && path[n] != '.' && path[n] != '\0' &&
	       strchr(path + n, '/') == NULL;
}

/* FNV-1a, 32 bits */
static uint32_t
sum_of(const char *path)
{
	uint32_t h = UINT32_C(2166136261);

	for (; *path != '\0'; path++)
		h = (h ^ (unsigned char)*path) * UINT32_C(16777619);
	return h;
}

/* A thousand logs are asked for a thousand times. */
static bool
has(const struct logs *l, const char *path, uint32_t sum)
{
	for (size_t i = 0; i < l->v.n; i++)
		if (l->sums[i] == sum && strcmp(l->v.v[i], path) == 0)
			return true;
	return false;
}

static int
add(struct logs *l, const char *path, struct arena *a, struct err *e)
{
	uint32_t sum = sum_of(path);

	if (has(l, path, sum))
		return 0;
	if (l->v.n == LOGS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d logs", LOGS_MAX);
	l->v.v = arena_grow(a, l->v.v, l->v.n, &l->cap, sizeof(*l->v.v));
	l->sums = arena_grow(a, l->sums, l->v.n, &l->sums_cap, sizeof(*l->sums));
	l->sums[l->v.n] = sum;
	l->v.v[l->v.n++] = arena_text(a, path);
	return 0;
}

/* What was seen by earlier runs, as far as an entry still stands for it. Damaged lines are left
 * out. */
static int
recall(struct logs *l, const struct texts *paths, int state, struct arena *a, struct err *e)
{
	char *text, *nl, name[PATH_MAX];
	struct err why;
	size_t n;

	if (file_read(state, FILE_NAME, FILE_NOFOLLOW, LOGS_FILE_MAX, a, &text, &n, &why) < 0)
		return 0;
	for (char *p = text; (nl = memchr(p, '\n', (size_t)(text + n - p))) != NULL; p = nl + 1) {
		struct statement st;

		*nl = '\0';
		if (!statement_parse(p, (size_t)(nl - p), &st) ||
		    !statement_name(&st, "path", name, sizeof(name)))
			continue;
		for (size_t i = 0; i < paths->n; i++)
			if (logs_many(paths->v[i]) && stands_for(paths->v[i], name) &&
			    add(l, name, a, e) < 0)
				return -1;
	}
	return 0;
}

static int
list_folder(struct logs *l, const char *folder, struct arena *a, struct err *e)
{
	const struct dirent *entry;
	DIR *d = opendir(folder);
	int rc = 0;

	if (d == NULL && errno != ENOENT) {
		err_sys(&l->blind, "cannot look into %.200s", folder);
		return 0;
	}
	while (d != NULL && rc == 0 && (entry = readdir(d)) != NULL) {
		const char *path = arena_printf(a, "%s%s", folder, entry->d_name);
		struct hints h;
		mode_t mode;

		if (stands_for(folder, path) && hints_look(path, &h, &mode) == 0 && S_ISREG(mode))
			rc = add(l, path, a, e);
	}
	if (d != NULL)
		closedir(d);
	return rc;
}

static int
list_pattern(struct logs *l, const char *pattern, struct arena *a, struct err *e)
{
	glob_t g;
	int rc = 0, how = glob(pattern, GLOB_ERR, NULL, &g);

	if (how == GLOB_ABORTED)
		err_set(
		    &l->blind, ERR_DENIED, "cannot look into all folders of \"%.200s\"", pattern);
	for (size_t k = 0; how == 0 && k < g.gl_pathc && rc == 0; k++) {
		struct hints h;
		mode_t mode;

		if (hints_look(g.gl_pathv[k], &h, &mode) == 0 && S_ISREG(mode))
			rc = add(l, g.gl_pathv[k], a, e);
	}
	globfree(&g);
	return rc;
}

static void
drop(struct logs *l, size_t i)
{
	l->v.n--;
	memmove(&l->v.v[i], &l->v.v[i + 1], (l->v.n - i) * sizeof(l->v.v[0]));
}

/* By its name it is an older file of another one of the list, or packed. */
static bool
is_older(const struct logs *l, const char *path)
{
	size_t folder = (size_t)(strrchr(path, '/') - path) + 1;

	if (files_packed_name(path))
		return true;
	for (size_t i = 0; i < l->v.n; i++)
		if (strncmp(l->v.v[i], path, folder) == 0 &&
		    strchr(l->v.v[i] + folder, '/') == NULL &&
		    files_rotated_name(l->v.v[i] + folder, path + folder))
			return true;
	return false;
}

int
logs_find(struct logs *l, const struct texts *paths, int state, struct arena *a, struct err *e)
{
	bool many = false;
	int rc = 0;

	*l = (struct logs){ 0 };
	for (size_t i = 0; i < paths->n && rc == 0; i++) {
		many |= logs_many(paths->v[i]);
		rc = logs_many(paths->v[i]) ? 0 : add(l, paths->v[i], a, e);
	}
	if (rc < 0 || !many) {
		l->known = l->v.n;
		return rc;
	}
	rc = recall(l, paths, state, a, e);
	l->known = l->v.n;
	for (size_t i = 0; i < paths->n && rc == 0; i++)
		if (logs_many(paths->v[i]))
			rc = is_folder(paths->v[i]) ? list_folder(l, paths->v[i], a, e)
						    : list_pattern(l, paths->v[i], a, e);
	for (size_t i = l->v.n; i-- > l->known;)
		if (is_older(l, l->v.v[i]))
			drop(l, i);
	l->dirty = l->v.n > l->known;
	for (size_t i = 0; i < paths->n; i++) {
		bool seen = !logs_many(paths->v[i]);

		for (size_t k = 0; k < l->v.n && !seen; k++)
			seen = stands_for(paths->v[i], l->v.v[k]);
		if (!seen)
			l->empty = paths->v[i];
	}
	return rc;
}

void
logs_taken(struct logs *l, const char *path)
{
	for (size_t i = l->known; i < l->v.n; i++)
		if (strcmp(l->v.v[i], path) == 0) {
			drop(l, i);
			return;
		}
}

int
logs_save(struct logs *l, const struct texts *paths, int state, struct err *e)
{
	struct str out;
	int rc;

	if (!l->dirty)
		return 0;
	str_init(&out, LOGS_FILE_MAX);
	for (size_t i = 0; i < l->v.n; i++) {
		bool named = false;

		for (size_t k = 0; k < paths->n && !named; k++)
			named = strcmp(paths->v[k], l->v.v[i]) == 0;
		if (named)
			continue;
		str_add(&out, "fw1 log");
		statement_put_name(&out, "path", l->v.v[i]);
		str_addc(&out, '\n');
	}
	rc = out.cut ? err_set(e, ERR_LIMIT, "the names of its logs reach %zu bytes", LOGS_FILE_MAX)
		     : file_replace(state, FILE_NAME, 0600, out.s, out.len, e);
	str_fini(&out);
	return rc;
}
