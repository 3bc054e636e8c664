/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where the reading of a program begins: its main files, or what stands for them.
 */
#include "init/readers/follow.h"

#include "base/memory.h"
#include "init/readers/environment.h"
#include "init/readers/match.h"
#include "init/readers/tree.h"
#include "init/readers/walk.h"

#include <glob.h>
#include <string.h>

#define KEEP_MAX ((size_t)128 << 20) /* memory of one program's variables and names */

/* One way through the files of some patterns, from the beginning. */
static void
way_through(struct walk *w, const char *const *patterns, const char *home)
{
	const struct reader *r = w->program;

	w->nseen = 0;
	w->includes = 0;
	if (r->environment != NULL)
		walk_pattern(w, &reader_environment, r->environment, NULL);
	for (; *patterns != NULL; patterns++)
		walk_pattern(w, r, *patterns, NULL);
	if (r->beside != NULL)
		walk_one(w, r->beside_with, tree_join(home, r->beside, w->keep), NULL);
}

static const char *
base_of(const char *base, const char *home, struct arena *a)
{
	if (base == NULL || base[0] != '.')
		return base;
	return strcmp(base, ABOVE) == 0 ? tree_folder(home, a) : home;
}

/* Whether the program was told to do without TLS, whatever certificates stand there. */
static bool
switched_off(const struct walk *w)
{
	const char *toggle = w->program->toggle;
	const char *text = toggle != NULL ? values_get(&w->vars, toggle, strlen(toggle)) : NULL;

	return text != NULL && (match_same(text, "no") || match_same(text, "off") ||
				   match_same(text, "false") || match_same(text, "0"));
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
	if (!switched_off(&w))
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
