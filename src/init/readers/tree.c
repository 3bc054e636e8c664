/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns paths below a root.
 */
#include "init/readers/tree.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path on the way to be real: `at` is done ("" is the top), `rest` is still to go. */
struct way {
	const char *root, *at, *rest;
	struct arena *a;
	int links;
};

static const char *
up(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "" : arena_textn(a, path, (size_t)(slash - path));
}

/* The next part of the way is this link: what it leads to stands before what is left. */
static bool
take_link(struct way *w, const char *link)
{
	char to[PATH_MAX];
	ssize_t n = readlink(arena_printf(w->a, "%s%s", w->root, link), to, sizeof(to) - 1);

	if (n < 0)
		return false;
	if (++w->links > TREE_LINKS_MAX) {
		errno = ELOOP;
		return false;
	}
	to[n] = '\0';
	if (to[0] == '/')
		w->at = "";
	w->rest = arena_printf(w->a, "%s/%s", to, w->rest);
	return true;
}

static bool
take_part(struct way *w, const char *part)
{
	const char *next = arena_printf(w->a, "%s/%s", w->at, part);
	struct stat st;

	if (strcmp(part, ".") == 0)
		return true;
	if (strcmp(part, "..") == 0) {
		w->at = up(w->at, w->a);
		return true;
	}
	if (lstat(arena_printf(w->a, "%s%s", w->root, next), &st) < 0)
		return false;
	if (S_ISLNK(st.st_mode))
		return take_link(w, next);
	w->at = next;
	return true;
}

const char *
tree_real(const char *root, const char *path, struct arena *a,
    void (*passes)(void *self, const char *folder), void *self)
{
	struct way w = { root, "", path, a, 0 };

	while (*(w.rest += strspn(w.rest, "/")) != '\0') {
		size_t n = strcspn(w.rest, "/");
		const char *part = arena_textn(a, w.rest, n);

		if (n > NAME_MAX || strlen(w.at) + n + strlen(root) + 2 > PATH_MAX) {
			errno = ENAMETOOLONG;
			return NULL;
		}
		if (passes != NULL)
			passes(self, w.at[0] != '\0' ? w.at : "/");
		w.rest += n;
		if (!take_part(&w, part))
			return NULL;
	}
	return w.at[0] != '\0' ? w.at : "/";
}

const char *
tree_join(const char *folder, const char *name, struct arena *a)
{
	if (name[0] == '/')
		return arena_text(a, name);
	return arena_printf(
	    a, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
}

const char *
tree_folder(const char *path, struct arena *a)
{
	const char *folder = up(path, a);

	return folder[0] != '\0' ? folder : "/";
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

const char **
tree_names(const char *root, const char *folder, const char *suffix, size_t max, struct arena *a,
    size_t *n)
{
	DIR *d = opendir(arena_printf(a, "%s%s", root, folder));
	const char **names = NULL;
	struct dirent *entry;
	size_t cap = 0;

	for (*n = 0; d != NULL && (entry = readdir(d)) != NULL;) {
		size_t len = strlen(entry->d_name), tail = suffix != NULL ? strlen(suffix) : 0;

		if (entry->d_name[0] == '.' || *n >= max || len < tail ||
		    strcmp(entry->d_name + len - tail, tail > 0 ? suffix : "") != 0)
			continue;
		names = arena_grow(a, names, *n, &cap, sizeof(*names));
		names[(*n)++] = arena_text(a, entry->d_name);
	}
	if (d != NULL)
		closedir(d);
	if (*n > 1)
		qsort(names, *n, sizeof(*names), by_name);
	return names;
}
