/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the files of time services.
 */
#include "init/clocks/files.h"

#include "base/file.h"
#include "base/memory.h"
#include "init/readers/tree.h"

#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NULL_DEVICE "/dev/null"

bool
files_masked(struct clocks *c, const char *path)
{
	char to[sizeof(NULL_DEVICE) + 1];
	ssize_t n = readlink(arena_printf(c->arena, "%s%s", c->root, path), to, sizeof(to));

	return n == sizeof(NULL_DEVICE) - 1 && memcmp(to, NULL_DEVICE, (size_t)n) == 0;
}

bool
files_there(struct clocks *c, const char *path)
{
	return tree_real(c->root, path, c->arena, NULL, NULL) != NULL;
}

static bool
unread(struct clocks *c, const char *path, const struct err *e)
{
	if (c->unread != NULL)
		c->unread(c->self, path, e);
	return false;
}

bool
files_read(struct clocks *c, const char *path, char **data, size_t *len)
{
	const char *real =
	    files_masked(c, path) ? NULL : tree_real(c->root, path, c->arena, NULL, NULL);
	size_t left = CLOCKS_BYTES_MAX - c->bytes;
	struct err e = { 0 };

	if (real == NULL)
		return false;
	if (c->files >= CLOCKS_FILES_MAX) {
		err_set(&e, ERR_LIMIT, "no more than %d files of time services are read",
		    CLOCKS_FILES_MAX);
		return unread(c, path, &e);
	}
	c->files++;
	if (file_read(AT_FDCWD, arena_printf(c->arena, "%s%s", c->root, real), FILE_FOLLOW,
		left < CLOCKS_FILE_MAX ? left : CLOCKS_FILE_MAX, c->arena, data, len, &e) < 0)
		return unread(c, path, &e);
	c->bytes += *len;
	return true;
}

void
files_first(struct clocks *c, const char *const *paths,
    void (*text)(struct clocks *c, const char *path, char *data, size_t len))
{
	char *data;
	size_t len;

	for (size_t i = 0; paths[i] != NULL; i++)
		if (files_read(c, paths[i], &data, &len)) {
			text(c, paths[i], data, len);
			return;
		}
}

/* A name and the folder it stands in, which has the rank of the folder in the caller's list. */
struct entry {
	const char *name, *path;
	size_t rank;
};

static int
by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = strcmp(x->name, y->name);

	return d != 0 ? d : (x->rank > y->rank) - (x->rank < y->rank);
}

const char *const *
files_merged(struct clocks *c, const char *const *folders, const char *suffix)
{
	struct entry *v = NULL;
	size_t n = 0, cap = 0, kept = 0;
	const char **paths;

	for (size_t rank = 0; folders[rank] != NULL; rank++) {
		const char *folder = tree_join("/", folders[rank], c->arena);
		const char *real = tree_real(c->root, folder, c->arena, NULL, NULL);
		size_t in = 0;
		const char **names = real == NULL ? NULL
						  : tree_names(c->root, real, suffix,
							CLOCKS_FILES_MAX, c->arena, &in);

		for (size_t i = 0; i < in; i++) {
			v = arena_grow(c->arena, v, n, &cap, sizeof(*v));
			v[n++] =
			    (struct entry){ names[i], tree_join(folder, names[i], c->arena), rank };
		}
	}
	if (n > 1)
		qsort(v, n, sizeof(*v), by_name);
	paths = arena_array(c->arena, n + 1, sizeof(*paths));
	for (size_t i = 0; i < n; i++)
		if (i == 0 || strcmp(v[i].name, v[i - 1].name) != 0)
			paths[kept++] = v[i].path;
	return paths;
}

const char *const *
files_matching(struct clocks *c, const char *pattern)
{
	glob_t g = { 0 };
	int rc = glob(arena_printf(c->arena, "%s%s", c->root, tree_join("/", pattern, c->arena)), 0,
	    NULL, &g);
	size_t n = rc == 0 ? g.gl_pathc : 0;
	const char **paths = arena_array(c->arena, n + 1, sizeof(*paths));

	if (rc == GLOB_NOSPACE)
		memory_none("a list of files");
	for (size_t i = 0; i < n; i++)
		paths[i] = arena_text(c->arena, g.gl_pathv[i] + strlen(c->root));
	globfree(&g);
	return paths;
}

void
files_cut(struct clocks *c, const char *path, const struct grammar *g, const char *data, size_t len,
    statement_use *use, void *self)
{
	struct syntax syntax;
	struct statement s;

	syntax_init(&syntax, g, data, len, c->arena);
	while (syntax_next(&syntax, &s))
		if (s.n > 0)
			use(c, path, &s, self);
}

void
files_statements(
    struct clocks *c, const char *path, const struct grammar *g, statement_use *use, void *self)
{
	char *data;
	size_t len;

	if (files_read(c, path, &data, &len))
		files_cut(c, path, g, data, len, use, self);
}

char *
files_line(char **text, unsigned long *line)
{
	char *from = *text;
	size_t n = strcspn(from, "\n");

	if (*from == '\0')
		return NULL;
	*text = from + n + (from[n] == '\n');
	from[n] = '\0';
	if (n > 0 && from[n - 1] == '\r')
		from[n - 1] = '\0';
	++*line;
	return from + strspn(from, " \t");
}
