/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the places on the way to certificates.
 */
#include "init/ways.h"

#include "base/file.h"
#include "init/readers/tree.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

struct place *
ways_place(struct ways *w, const char *path)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i].path, path) == 0)
			return &w->v[i];
	return NULL;
}

static struct place *
add_place(struct ways *w, const char *path, enum reach need)
{
	struct place *p = ways_place(w, path);

	if (p == NULL) {
		w->v = arena_grow(w->f->arena, w->v, w->n, &w->cap, sizeof(*w->v));
		p = &w->v[w->n++];
		*p = (struct place){ .path = arena_text(w->f->arena, path), .need = need };
	} else if (need > p->need) {
		p->need = need;
	}
	return p;
}

static void
pass(void *self, const char *folder)
{
	add_place(self, folder, REACH_PASS);
}

static const char *
full(const struct ways *w, const char *path)
{
	return arena_printf(w->f->arena, "%s%s", w->f->root, path);
}

/* What cannot be looked at is neither, and counted. */
static mode_t
type_of(const struct ways *w, const char *path)
{
	struct stat st;

	if (lstat(full(w, path), &st) == 0)
		return st.st_mode & S_IFMT;
	found_not_seen(w->f, path);
	return 0;
}

static bool
is_file(const struct ways *w, const char *path)
{
	return type_of(w, path) == S_IFREG;
}

static bool
is_folder(const struct ways *w, const char *path)
{
	return type_of(w, path) == S_IFDIR;
}

/* One that cannot be read to its end is neither. */
static enum holds
look_into(const struct ways *w, const char *path)
{
	struct arena *a = arena_new(4 * INIT_FILE_MAX);
	enum holds holds = HOLDS_OTHER;
	struct err e;
	char *data;
	size_t len;

	if (file_read(AT_FDCWD, full(w, path), FILE_FOLLOW, INIT_FILE_MAX, a, &data, &len, &e) == 0)
		holds = holds_of(data, len);
	arena_free(a);
	return holds;
}

static void
reach(struct ways *w, const char *path, const char *real, size_t cert)
{
	if (w->nfiles >= WAYS_FILES_MAX) {
		w->too_many = true;
		return;
	}
	add_place(w, real, REACH_READ);
	w->files = arena_grow(w->f->arena, w->files, w->nfiles, &w->files_cap, sizeof(*w->files));
	w->files[w->nfiles++] =
	    (struct reached){ path, real, cert, look_into(w, real), false, false };
}

/* A certificate's file, or all files in a folder of them. */
static void
way_to(struct ways *w, size_t cert)
{
	struct arena *a = w->f->arena;
	const char *path = w->f->certs.v[cert], **names;
	const char *real = tree_real(w->f->root, path, a, pass, w);
	size_t n;

	if (real == NULL)
		found_not_seen(w->f, path);
	if (real != NULL && is_file(w, real))
		reach(w, path, real, cert);
	if (real == NULL || !is_folder(w, real))
		return;
	add_place(w, real, REACH_LIST);
	names = tree_names(w->f->root, real, NULL, WAYS_FILES_MAX, a, &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = tree_join(path, names[i], a);
		const char *file = tree_real(w->f->root, name, a, pass, w);

		if (file != NULL && is_file(w, file))
			reach(w, name, file, cert);
	}
}

void
ways_collect(struct ways *w)
{
	for (size_t i = 0; i < w->f->certs.n; i++)
		way_to(w, i);
}

static bool
is_home(const char *folder)
{
	return strcmp(folder, "/root") == 0 || strncmp(folder, "/root/", 6) == 0 ||
	       strncmp(folder, "/home/", 6) == 0;
}

/* One file while its way is judged. */
struct judging {
	struct ways *w;
	struct reached *file;
	bool open; /* its closed folders are to be opened */
};

static void
judge_folder(void *self, const char *folder)
{
	struct judging *j = self;
	struct place *p = ways_place(j->w, folder);

	if (p == NULL || !p->denied)
		return;
	j->file->closed = true;
	j->file->home |= is_home(folder);
	p->wanted |= j->open;
}

/* The private keys below a folder that is to be opened: it may be all that protects them. */
static void
keys_below(struct ways *w, const char *folder, int depth)
{
	size_t n;
	const char **names = tree_names(w->f->root, folder, NULL, WAYS_FILES_MAX, w->f->arena, &n);

	w->too_many |= depth == 0 || n == WAYS_FILES_MAX;
	for (size_t i = 0; i < n && depth > 0; i++) {
		const char *path = tree_join(folder, names[i], w->f->arena);

		if (w->looked >= WAYS_FILES_MAX) {
			w->too_many = true;
			return;
		}
		if (is_folder(w, path))
			keys_below(w, path, depth - 1);
		if (!is_file(w, path))
			continue;
		w->looked++;
		if (look_into(w, path) >= HOLDS_KEY)
			add_place(w, path, REACH_READ)->key = true;
	}
}

void
ways_decide(struct ways *w)
{
	size_t n = w->n;

	for (size_t i = 0; i < w->nfiles; i++) {
		struct reached *file = &w->files[i];
		struct judging j = { w, file, false };

		file->closed = ways_place(w, file->real)->denied;
		tree_real(w->f->root, file->path, w->f->arena, judge_folder, &j);
		j.open = file->holds == HOLDS_CERTIFICATES && !file->home;
		tree_real(w->f->root, file->path, w->f->arena, judge_folder, &j);
	}
	for (size_t i = 0; i < n; i++)
		if (w->v[i].wanted)
			keys_below(w, w->v[i].path, WAYS_DEPTH_MAX);
}

bool
ways_certificates_only(struct ways *w, const char *folder)
{
	size_t n;
	const char **names = tree_names(w->f->root, folder, NULL, WAYS_FILES_MAX, w->f->arena, &n);

	for (size_t i = 0; i < n; i++)
		if (look_into(w, tree_join(folder, names[i], w->f->arena)) != HOLDS_CERTIFICATES)
			return false;
	return n < WAYS_FILES_MAX;
}
