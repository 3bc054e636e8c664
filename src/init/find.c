/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of what was found, and reading the files it is found in.
 */
#include "init/init.h"

#include "base/file.h"
#include "base/memory.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

void
found_add(struct found *f, struct found_list *l, const char *thing, const char *at)
{
	size_t cap = l->cap;

	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], thing) == 0)
			return;
	if (thing[0] == '\0')
		return;
	if (l->n >= INIT_FOUND_MAX) {
		l->more++;
		return;
	}
	l->v = arena_grow(f->arena, l->v, l->n, &cap, sizeof(*l->v));
	cap = l->cap;
	l->at = arena_grow(f->arena, l->at, l->n, &cap, sizeof(*l->at));
	l->cap = cap;
	l->v[l->n] = arena_text(f->arena, thing);
	l->at[l->n++] = arena_text(f->arena, at);
}

static void
broken(struct found *f, const char *path, const char *why)
{
	if (f->broken++ == 0)
		f->broken_why = arena_printf(f->arena, "%s: %s", path, why);
}

/* What errno says of a place: that it is not there, or not for this user, is no news. */
void
found_not_seen(struct found *f, const char *path)
{
	if (errno != ENOENT && errno != ENOTDIR && errno != EACCES && errno != ELOOP &&
	    errno != ENAMETOOLONG)
		broken(f, path, strerror(errno));
}

void
found_unread(struct found *f, const char *path, const struct err *e)
{
	f->unreadable += e->code == ERR_DENIED;
	if (e->code != ERR_DENIED && e->code != ERR_ABSENT)
		broken(f, path, e->msg);
}

bool
found_exists(struct found *f, const char *path)
{
	if (access(arena_printf(f->arena, "%s%s", f->root, path), F_OK) == 0)
		return true;
	found_not_seen(f, path);
	return false;
}

void
found_matches(struct found *f, const char *pattern, const char *at,
    void (*use)(struct found *f, const char *path, const char *at))
{
	glob_t g;
	int rc = glob(arena_printf(f->arena, "%s%s", f->root, pattern), 0, NULL, &g);

	if (rc == GLOB_NOSPACE)
		memory_none("a list of files");
	for (size_t i = 0; rc == 0 && i < g.gl_pathc; i++)
		use(f, g.gl_pathv[i] + strlen(f->root), at);
	globfree(&g);
}

void
found_lines(struct found *f, const char *path,
    void (*use)(struct found *f, const char *path, char *line), bool comments)
{
	struct err e = { 0 };
	char *data, *save = NULL;
	size_t len;

	if (f->files >= INIT_FILES_MAX)
		return;
	if (file_read(AT_FDCWD, arena_printf(f->arena, "%s%s", f->root, path), FILE_FOLLOW,
		INIT_FILE_MAX, f->arena, &data, &len, &e) < 0) {
		found_unread(f, path, &e);
		return;
	}
	f->files++;
	for (char *line = strtok_r(data, "\r\n", &save); line != NULL;
	     line = strtok_r(NULL, "\r\n", &save)) {
		while (*line == ' ' || *line == '\t')
			line++;
		if (*line != '\0' && (comments || (*line != '#' && *line != ';')))
			use(f, path, line);
	}
}

static bool
ends_with(const char *name, const char *suffix)
{
	size_t n = strlen(name), s = strlen(suffix);

	return n >= s && strcmp(name + n - s, suffix) == 0;
}

void
found_folder(struct found *f, const char *folder, const char *suffix, int depth,
    void (*use)(struct found *f, const char *path, char *line))
{
	DIR *d = opendir(arena_printf(f->arena, "%s%s", f->root, folder));
	struct dirent *entry;

	if (d == NULL) {
		found_not_seen(f, folder);
		return;
	}
	while ((entry = readdir(d)) != NULL) {
		const char *path;

		if (entry->d_name[0] == '.')
			continue;
		path = arena_printf(f->arena, "%s/%s", folder, entry->d_name);
		if (entry->d_type == DT_DIR && depth > 0)
			found_folder(f, path, suffix, depth - 1, use);
		else if (entry->d_type != DT_DIR && ends_with(entry->d_name, suffix))
			found_lines(f, path, use, false);
	}
	closedir(d);
}

char *
found_value(char *line, const char *name)
{
	size_t n = strlen(name), end;
	char *p;

	if (strncasecmp(line, name, n) != 0)
		return NULL;
	p = line + n;
	if (*p != '\0' && !isspace((unsigned char)*p) && *p != '=' && *p != ':')
		return NULL;
	p += strspn(p, " \t=:<\"'");
	end = strcspn(p, " \t;,\"'");
	p[end] = '\0';
	return *p != '\0' ? p : NULL;
}
