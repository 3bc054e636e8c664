/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of what was found, and reading the files it is found in.
 */
#include "init/init.h"

#include "base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
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
	if (l->n >= INIT_FOUND_MAX || thing[0] == '\0')
		return;
	l->v = arena_grow(f->arena, l->v, l->n, &cap, sizeof(*l->v));
	cap = l->cap;
	l->at = arena_grow(f->arena, l->at, l->n, &cap, sizeof(*l->at));
	l->cap = cap;
	l->v[l->n] = arena_text(f->arena, thing);
	l->at[l->n++] = arena_text(f->arena, at);
}

bool
found_exists(const struct found *f, const char *path)
{
	return access(arena_printf(f->arena, "%s%s", f->root, path), F_OK) == 0;
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
		f->unreadable += e.code == ERR_DENIED;
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

	if (d == NULL)
		return;
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
