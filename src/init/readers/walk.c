/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way from file to file: what a statement means while its file is read.
 */
#include "init/readers/walk.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/str.h"
#include "init/readers/conditions.h"
#include "init/readers/follow.h"
#include "init/readers/match.h"
#include "init/readers/meaning.h"
#include "init/readers/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#define SHOWN_MAX 300                   /* bytes of a value that is not understood */
#define SCRATCH_MAX ((size_t)256 << 20) /* memory of one file while it is read */

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

/* Where a path leads to. A disk or a kernel that does not say is told of, unlike a path that leads
 * to nothing. NULL with errno. */
static const char *
real_of(struct walk *w, const char *path, struct arena *a)
{
	const char *real = tree_real(w->root, path, a, NULL, NULL);
	int error = errno;
	struct err e;

	if (real == NULL && error != ENOENT && error != ENOTDIR && error != EACCES &&
	    error != ELOOP && error != ENAMETOOLONG) {
		err_sys(&e, "cannot look at it");
		w->l->unread(w->l->self, path, &e);
		errno = error;
	}
	return real;
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
	/* what may not be seen may be there */
	there = real_of(f->w, path, f->scratch) != NULL || errno == EACCES;
	if (!there && m->word->optional)
		return;
	if (!f->r->last_wins || !latest_put(&f->w->latest, &(struct named){ m->word, f->s->block,
							       path, spot_of(f), there }))
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

/* Whether a file or folder is to be read: not again on this way, so that nothing goes round, and
 * not past the limit, which is said. */
static bool
enter(struct walk *w, const char *path, const char *real)
{
	struct err e;

	for (size_t i = 0; i < w->nseen; i++)
		if (strcmp(w->seen[i], real) == 0)
			return false;
	if (*w->files >= FOLLOW_FILES_MAX) {
		err_set(&e, ERR_LIMIT, "%d files were read before it", FOLLOW_FILES_MAX);
		if (!w->collecting)
			w->l->unread(w->l->self, path, &e);
		return false;
	}
	++*w->files;
	w->seen = arena_grow(w->keep, w->seen, w->nseen, &w->seen_cap, sizeof(*w->seen));
	w->seen[w->nseen++] = arena_text(w->keep, real);
	return true;
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

static void
read_file(struct walk *w, const struct reader *r, const char *path, const char *real)
{
	struct arena *scratch = arena_new(SCRATCH_MAX);
	struct err e = { 0 };
	char *data;
	size_t len;

	if (file_read(AT_FDCWD, arena_printf(scratch, "%s%s", w->root, real), FILE_FOLLOW,
		FOLLOW_FILE_MAX, scratch, &data, &len, &e) == 0)
		read_statements(w, r, path, scratch, data, len);
	else if (!w->collecting)
		w->l->unread(w->l->self, path, &e);
	arena_free(scratch);
}

static void
read_folder(struct walk *w, const struct reader *r, const char *path, const char *real,
    const struct word *word)
{
	struct arena *a = arena_new(SCRATCH_MAX);
	const char *suffix = word != NULL ? word->suffix : NULL, **names;
	size_t n;

	names = tree_names(w->root, real, suffix, FOLLOW_FILES_MAX, a, &n);
	for (size_t i = 0; i < n; i++)
		walk_one(w, r, tree_join(path, names[i], a), word);
	arena_free(a);
}

/* A file, or all files of a folder and of the folders in it. */
void
walk_one(struct walk *w, const struct reader *r, const char *path, const struct word *word)
{
	struct arena *a = arena_new(SCRATCH_MAX);
	const char *real = real_of(w, path, a);
	struct stat st;

	if (real != NULL && w->depth < FOLLOW_DEPTH_MAX &&
	    stat(arena_printf(a, "%s%s", w->root, real), &st) == 0 && enter(w, path, real)) {
		w->depth++;
		if (S_ISDIR(st.st_mode))
			read_folder(w, r, path, real, word);
		else
			read_file(w, r, path, real);
		w->depth--;
	}
	arena_free(a);
}

/* Every file that a pattern names. */
void
walk_pattern(struct walk *w, const struct reader *r, const char *pattern, const struct word *word)
{
	struct arena *a = arena_new(SCRATCH_MAX);
	glob_t g = { 0 };
	int rc = glob(arena_printf(a, "%s%s", w->root, pattern), 0, NULL, &g);
	size_t n = rc == 0 ? g.gl_pathc : 0;

	if (rc == GLOB_NOSPACE)
		memory_none("a list of files");
	for (size_t i = 0; i < n; i++)
		walk_one(w, r, g.gl_pathv[i] + strlen(w->root), word);
	globfree(&g);
	arena_free(a);
}

static void
read_path(struct walk *w, const struct reader *r, const char *path, const struct reading *from,
    const struct word *word)
{
	if (w->depth >= FOLLOW_DEPTH_MAX)
		puzzle(from, "there are files within files more than 16 deep");
	else if (++w->includes > FOLLOW_INCLUDES_MAX)
		puzzle(from, "there are more than 4000 of its kind");
	else if (strpbrk(path, "*?[") != NULL)
		walk_pattern(w, r, path, word);
	else if (real_of(w, path, from->scratch) != NULL)
		walk_one(w, r, path, word);
	else if (!word->optional)
		puzzle(from, "there is no such file");
}
