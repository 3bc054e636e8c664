/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way through the files of one program.
 */
#include "init/readers/follow.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/str.h"
#include "init/readers/conditions.h"
#include "init/readers/environment.h"
#include "init/readers/latest.h"
#include "init/readers/match.h"
#include "init/readers/meaning.h"
#include "init/readers/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHOWN_MAX 300                   /* bytes of a value that is not understood */
#define KEEP_MAX ((size_t)64 << 20)     /* memory of one program's variables and names */
#define SCRATCH_MAX ((size_t)256 << 20) /* memory of one file while it is read */

struct walk {
	const struct reader *program;
	const struct listener *l;
	const char *root;
	size_t *files;
	struct arena *keep;
	struct values vars;
	const char *base[BASE_N];
	bool collecting; /* the first of two ways, for the variables */
	int depth;
	const char **seen; /* real paths of what was read on this way */
	size_t nseen, seen_cap;
	struct latest latest;
};

/* One file while it is read. */
struct reading {
	struct walk *w;
	const struct reader *r;
	const char *path;
	struct arena *scratch;
	const struct statement *s;
	const struct match *m;
	struct conditions conditions;
};

static void read_path(struct walk *w, const struct reader *r, const char *path,
    const struct reading *from, const struct word *word);

static struct spot
spot_of(const struct reading *f)
{
	return (struct spot){ f->w->program->name, f->path, f->s->line };
}

/* Only the word and its value: a password may stand beside them. */
static void
puzzle(const struct reading *f, const char *why)
{
	const struct match *m = f->m;
	const char *words = arena_printf(f->scratch, "%s %.*s%s%.*s", m->name, SHOWN_MAX,
	    m->value != NULL ? m->value : "", m->odd ? " " : "", SHOWN_MAX, m->odd ? m->next : "");

	if (!f->w->collecting)
		f->w->l->puzzle(f->w->l->self, words, why, spot_of(f));
}

/* The path that a value means, or NULL, which is said. */
static const char *
path_of(const struct reading *f, const char *value, enum base base)
{
	const char *full, *from = f->w->base[base];

	full = values_fill(&f->w->vars, f->r->forms, meaning_bare(value));
	if (full == NULL || meaning_open(full) || strlen(full) >= PATH_MAX) {
		puzzle(f, NULL);
		return NULL;
	}
	if (meaning_nothing(full))
		return NULL;
	return tree_join(from != NULL ? from : tree_folder(f->path, f->scratch), full, f->scratch);
}

static bool
whole_system(const struct reading *f, const char *value)
{
	const char *full = values_fill(&f->w->vars, f->r->forms, meaning_bare(value));

	return full != NULL && meaning_system_trust(full);
}

static void
thing(const struct reading *f, const struct match *m)
{
	enum role role = m->word->role;
	enum base base = role == ROLE_CA || role == ROLE_CRL ? BASE_CA : BASE_CERT;
	const char *path;
	bool there;

	if (role == ROLE_CA && whole_system(f, m->value))
		return;
	path = role == ROLE_INLINE ? f->path : path_of(f, m->value, base);
	if (path == NULL)
		return;
	there = tree_real(f->w->root, path, f->scratch, NULL, NULL) != NULL;
	if (!there && m->word->optional)
		return;
	if (f->r->last_wins)
		latest_put(&f->w->latest,
		    &(struct named){ m->word, f->s->block, path, spot_of(f), there });
	else
		f->w->l->thing(f->w->l->self, role, path, there, spot_of(f));
}

static void
set_base(const struct reading *f, const struct match *m)
{
	const char *path = path_of(f, m->value, BASE_N - 1);

	for (enum base b = 0; path != NULL && b < BASE_N; b++)
		if ((m->word->bases & 1u << b) != 0)
			f->w->base[b] = arena_text(f->w->keep, path);
}

/* Variables within the text count as they are now, where they are known. */
static void
set_value(const struct reading *f, const char *name, const char *text)
{
	const char *full = f->w->program->late ? NULL : values_fill(&f->w->vars, f->r->forms, text);

	values_set(&f->w->vars, name, full != NULL ? full : text);
}

static void
use_value(const struct reading *f, const struct match *m)
{
	struct str text;

	str_init(&text, VALUE_BYTES_MAX);
	for (size_t i = 1; i < f->s->n; i++)
		str_addf(&text, "%s%s", i > 1 ? " " : "", f->s->word[i]);
	if (m->value == NULL || m->value == f->s->word[1]) /* once a statement */
		set_value(f, m->name, text.s);
	str_fini(&text);
}

/* Where variables count from the first line on, they are all known when the second way begins. */
static void
set(const struct reading *f, const struct match *m)
{
	if (f->w->program->late && !f->w->collecting)
		return;
	if (m->word->role == ROLE_BASE)
		set_base(f, m);
	else if (m->word->role == ROLE_SET)
		set_value(f, m->value, m->next);
	else
		use_value(f, m);
}

static void
use_include(const struct reading *f, const struct match *m)
{
	const char *path = path_of(f, m->value, BASE_INCLUDE);

	if (path != NULL)
		read_path(f->w, m->word->with != NULL ? m->word->with : f->r, path, f, m->word);
}

static void
hit(void *self, const struct match *m)
{
	struct reading *f = self;
	bool has = m->value != NULL && values_get(&f->w->vars, m->value, strlen(m->value)) != NULL;

	f->m = m;
	if (conditions_take(&f->conditions, m->word->role, has) || !conditions_on(&f->conditions))
		return;
	if (m->value == NULL && m->word->role != ROLE_INLINE && m->word->role != ROLE_VALUE)
		return;
	if (m->word->role == ROLE_INCLUDE)
		use_include(f, m);
	else if (m->word->role == ROLE_BASE || m->word->role == ROLE_SET ||
		 m->word->role == ROLE_VALUE)
		set(f, m);
	else if (f->w->collecting)
		return;
	else if (m->word->role == ROLE_NAME || m->word->role == ROLE_PORT)
		f->w->l->name(f->w->l->self, m->word->role, m->value);
	else if (m->word->role == ROLE_UNSURE || m->odd)
		puzzle(f, NULL);
	else
		thing(f, m);
}

static bool
seen_before(struct walk *w, const char *real)
{
	for (size_t i = 0; i < w->nseen; i++)
		if (strcmp(w->seen[i], real) == 0)
			return true;
	w->seen = arena_grow(w->keep, w->seen, w->nseen, &w->seen_cap, sizeof(*w->seen));
	w->seen[w->nseen++] = arena_text(w->keep, real);
	return false;
}

static void
read_statements(struct walk *w, const struct reader *r, const char *path, struct arena *scratch,
    const char *data, size_t len)
{
	struct reading f = { .w = w, .r = r, .path = path, .scratch = scratch };
	struct statement s;
	struct syntax syn;

	syntax_init(&syn, r->grammar, data, len, scratch);
	while (syntax_next(&syn, &s)) {
		f.s = &s;
		if (s.kind != STATEMENT_CLOSES)
			match_all(r, &s, scratch, hit, &f);
	}
}

/* One file; a file that was read on this way is not read again, so includes cannot go round. */
static void
read_file(struct walk *w, const struct reader *r, const char *path, const char *real)
{
	struct arena *scratch;
	struct err e = { 0 };
	char *data;
	size_t len;

	if (*w->files >= FOLLOW_FILES_MAX || seen_before(w, real))
		return;
	scratch = arena_new(SCRATCH_MAX);
	++*w->files;
	w->depth++;
	if (file_read(AT_FDCWD, arena_printf(scratch, "%s%s", w->root, real), FILE_FOLLOW,
		FOLLOW_FILE_MAX, scratch, &data, &len, &e) == 0)
		read_statements(w, r, path, scratch, data, len);
	else if (!w->collecting)
		w->l->unread(w->l->self, path, &e);
	w->depth--;
	arena_free(scratch);
}

/* A file, or all files of a folder and of the folders in it. */
static void
read_one(struct walk *w, const struct reader *r, const char *path, const struct word *word)
{
	const char *real = tree_real(w->root, path, w->keep, NULL, NULL), **names;
	struct stat st;
	size_t n;

	if (real == NULL || w->depth >= FOLLOW_DEPTH_MAX ||
	    stat(arena_printf(w->keep, "%s%s", w->root, real), &st) < 0)
		return;
	if (!S_ISDIR(st.st_mode)) {
		read_file(w, r, path, real);
		return;
	}
	w->depth++;
	names = tree_names(
	    w->root, real, word != NULL ? word->suffix : NULL, FOLLOW_FILES_MAX, w->keep, &n);
	for (size_t i = 0; i < n; i++)
		read_one(w, r, tree_join(path, names[i], w->keep), word);
	w->depth--;
}

/* Every file that a pattern names. */
static void
read_pattern(struct walk *w, const struct reader *r, const char *pattern, const struct word *word)
{
	glob_t g = { 0 };
	int rc = glob(arena_printf(w->keep, "%s%s", w->root, pattern), 0, NULL, &g);
	size_t n = rc == 0 ? g.gl_pathc : 0;

	if (rc == GLOB_NOSPACE)
		memory_none("a list of files");
	for (size_t i = 0; i < n; i++)
		read_one(w, r, arena_text(w->keep, g.gl_pathv[i] + strlen(w->root)), word);
	globfree(&g);
}

static void
read_path(struct walk *w, const struct reader *r, const char *path, const struct reading *from,
    const struct word *word)
{
	if (w->depth >= FOLLOW_DEPTH_MAX)
		puzzle(from, "there are files within files more than 16 deep");
	else if (*w->files >= FOLLOW_FILES_MAX)
		puzzle(from, "4000 files were read before it");
	else if (strpbrk(path, "*?[") != NULL)
		read_pattern(w, r, path, word);
	else if (tree_real(w->root, path, w->keep, NULL, NULL) != NULL)
		read_one(w, r, path, word);
	else if (!word->optional)
		puzzle(from, "there is no such file");
}

/* One way through the files of some patterns, from the beginning. */
static void
way_through(struct walk *w, const char *const *patterns, const char *home)
{
	const struct reader *r = w->program;

	w->nseen = 0;
	if (r->environment != NULL)
		read_pattern(w, &reader_environment, r->environment, NULL);
	for (; *patterns != NULL; patterns++)
		read_pattern(w, r, *patterns, NULL);
	if (r->beside != NULL)
		read_one(w, r->beside_with, tree_join(home, r->beside, w->keep), NULL);
}

static const char *
base_of(const char *base, const char *home, struct arena *a)
{
	if (base == NULL || base[0] != '.')
		return base;
	return strcmp(base, ABOVE) == 0 ? tree_folder(home, a) : home;
}

static void
walk(const struct reader *r, const char *root, size_t *files, const struct listener *l,
    const char *const *patterns, const char *home)
{
	struct arena *keep = arena_new(KEEP_MAX);
	struct walk w = { .program = r,
		.l = l,
		.root = root,
		.files = files,
		.keep = keep,
		.vars.arena = keep,
		.latest.arena = keep };

	for (enum base b = 0; b < BASE_N; b++)
		w.base[b] = base_of(r->base[b], home, keep);
	for (const char *const *n = r->folder_names; n != NULL && *n != NULL; n++)
		values_set(&w.vars, *n, tree_folder(home, keep));
	w.collecting = r->late;
	way_through(&w, patterns, home);
	if (r->late) {
		w.collecting = false;
		way_through(&w, patterns, home);
	}
	latest_tell(&w.latest, l);
	arena_free(keep);
}

/* Each main file is a program of its own: two clusters of PostgreSQL, ten tunnels of OpenVPN. */
static size_t
walk_each(const struct reader *r, const char *root, size_t *files, const struct listener *l,
    const char *main)
{
	struct arena *names = arena_new(KEEP_MAX);
	glob_t g = { 0 };
	int rc = glob(arena_printf(names, "%s%s", root, main), 0, NULL, &g);
	size_t n = rc == 0 ? g.gl_pathc : 0;

	if (rc == GLOB_NOSPACE)
		memory_none("a list of files");
	for (size_t i = 0; i < n; i++) {
		const char *one[] = { g.gl_pathv[i] + strlen(root), NULL };

		walk(r, root, files, l, one, tree_folder(one[0], names));
	}
	globfree(&g);
	arena_free(names);
	return n;
}

void
follow(const struct reader *r, const char *root, size_t *files, const struct listener *l)
{
	size_t n = 0;

	for (const char *const *main = r->mains; *main != NULL; main++)
		n += walk_each(r, root, files, l, *main);
	if (n == 0 && r->others != NULL)
		walk(r, root, files, l, r->others, r->home != NULL ? r->home : "/");
}
