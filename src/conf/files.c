/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the files of a configuration: which ones, their order, and their way through the process
 * that parses them.
 */
#include "conf/files.h"

#include "conf/apart.h"
#include "conf/read.h"
#include "conf/source.h"
#include "conf/trust.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)64 << 20) /* for paths, and where lines came from */

/* The files of one configuration, each with what it includes. */
struct files {
	struct arena *arena;
	const char *path, *folder; /* the main file, and conf.d */
	struct source *all;
	size_t n, bytes; /* bytes: of all their texts */
};

static int
is_conf(const struct dirent *d)
{
	const char *dot = strrchr(d->d_name, '.');

	return d->d_name[0] != '.' && dot != NULL && strcmp(dot, ".conf") == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void
add_file(struct files *f, const char *path)
{
	struct source *s = &f->all[f->n++];

	source_read(s, path, f->arena);
	f->bytes += s->text.len;
	if (s->fault != NULL || f->bytes <= CONF_TEXT_MAX)
		return;
	source_fini(s);
	s->fault = arena_printf(
	    f->arena, "%s: with the files before it over %zu bytes", path, CONF_TEXT_MAX);
}

/* The main file, then those of conf.d; or the text where there is none of them. */
static void
find(struct files *f, struct conf *c, const char *instead)
{
	bool absent = instead != NULL && access(f->path, F_OK) < 0 && errno == ENOENT;
	struct dirent **names;
	int n = scandir(f->folder, &names, is_conf, by_name);

	if (n < 0 && errno != ENOENT && errno != ENOTDIR)
		read_fault(c, NULL, NULL, "%s: %s", f->folder, strerror(errno));
	if (n > CONF_FILES_MAX)
		read_fault(
		    c, NULL, NULL, "%s: %d files (at most %d)", f->folder, n, CONF_FILES_MAX);
	f->all = arena_array(f->arena, 1 + (n > 0 ? (size_t)n : 0), sizeof(*f->all));
	if (!absent)
		add_file(f, f->path);
	else if (n <= 0)
		source_from(&f->all[f->n++], f->path, instead, f->arena);
	for (int i = 0; i < n; i++) {
		if (n <= CONF_FILES_MAX)
			add_file(f, arena_printf(f->arena, "%s/%s", f->folder, names[i]->d_name));
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

/* Whether somebody else could change what was read. */
static void
doubt(struct conf *c, const struct source *s)
{
	struct err e;

	for (size_t i = 0; i < s->nfiles; i++)
		if (trust_check(s->files[i], &e) < 0)
			read_doubt(c, NULL, NULL, "%s: %s", s->files[i], e.msg);
}

static void
broken(struct conf *c, const struct source *s, const struct tree_in *t)
{
	unsigned line;
	const char *file = source_file(s, t->fault_line, &line);

	read_fault(c, NULL, NULL, "%s:%u: %s", file, line, t->fault);
}

struct user {
	void (*use)(void *self, const struct setting *root);
	void *self;
};

static int
use_source(
    struct conf *c, const struct source *s, struct apart *p, const struct user *u, struct err *e)
{
	struct arena *a;
	struct tree_in t;
	int rc;

	c->main = arena_text(c->arena, s->path);
	if (s->fault != NULL) {
		read_fault(c, NULL, NULL, "%s", s->fault);
		return 0;
	}
	doubt(c, s);
	a = arena_new(TREE_ARENA_MAX);
	tree_in_init(&t, a);
	c->source = s;
	rc = apart_next(p, &t, e);
	if (rc == 0 && t.root != NULL)
		u->use(u->self, t.root);
	else if (rc == 0)
		broken(c, s, &t);
	c->source = NULL;
	arena_free(a);
	return rc;
}

int
conf_each_file(struct conf *c, const char *path, const char *instead, conf_lock *lock,
    void (*use)(void *, const struct setting *), void *self, struct err *e)
{
	const struct user u = { use, self };
	struct files f = { .arena = arena_new(ARENA_MAX), .path = path };
	struct apart p;
	int rc;

	f.folder = arena_printf(f.arena, "%s/conf.d", source_folder(path, f.arena));
	find(&f, c, instead);
	rc = apart_start(&p, f.all, f.n, lock, e);
	for (size_t i = 0; rc == 0 && i < f.n; i++)
		rc = use_source(c, &f.all[i], &p, &u, e);
	apart_end(&p);
	for (size_t i = 0; i < f.n; i++)
		source_fini(&f.all[i]);
	arena_free(f.arena);
	return rc;
}
