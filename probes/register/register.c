/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the lists are found and read, and each entry is told.
 */
#include "register.h"

#include "entry.h"
#include "list.h"
#include "seen.h"
#include "tell.h"
#include "text.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

struct paths {
	const char **v;
	size_t n, cap;
	bool more; /* there are more than REGISTER_FILES_MAX */
};

static void
add_path(struct paths *p, const char *path, struct arena *a)
{
	if (p->n == REGISTER_FILES_MAX) {
		p->more = true;
		return;
	}
	p->v = arena_grow(a, p->v, p->n, &p->cap, sizeof(*p->v));
	p->v[p->n++] = path;
}

static bool
ends_with(const char *name, const char *const *endings)
{
	size_t n = strlen(name);

	for (; *endings != NULL; endings++)
		if (n > strlen(*endings) && strcasecmp(name + n - strlen(*endings), *endings) == 0)
			return true;
	return false;
}

/* Workbooks are among them: they cannot be read, and that is said. */
static int
is_list(const struct dirent *entry)
{
	static const char *const endings[] = { ".csv", ".tsv", ".txt", ".conf", ".cfg", ".xls",
		".xlsx", ".ods", NULL };

	return entry->d_name[0] != '.' && entry->d_name[0] != '~' &&
	       ends_with(entry->d_name, endings);
}

/* The lists of a folder in the order of their names; the folder itself where there is none, so that
 * it is told. */
static void
add_folder(struct paths *p, const char *path, struct arena *a)
{
	struct dirent **names = NULL;
	int n = scandir(path, &names, is_list, alphasort);

	for (int i = 0; i < n; i++) {
		add_path(p, arena_printf(a, "%s/%s", path, names[i]->d_name), a);
		free(names[i]);
	}
	free(names);
	if (n <= 0)
		add_path(p, path, a);
}

static void
find_paths(struct paths *p, const struct register_conf *c, struct arena *a)
{
	struct stat st;

	for (size_t i = 0; i < c->files.n; i++)
		if (stat(c->files.v[i], &st) == 0 && S_ISDIR(st.st_mode))
			add_folder(p, c->files.v[i], a);
		else
			add_path(p, c->files.v[i], a);
}

static void
read_list(struct list *l, const char *path, const struct register_conf *c, struct arena *a)
{
	static const char *const groups[] = { ".conf", ".cfg", NULL };
	struct err e = { 0 };
	struct stat st;
	char *bytes = NULL, *text = NULL;
	size_t n = 0, len = 0;

	*l = (struct list){ .path = path };
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		l->fault = "there is no list in this folder";
	else if (file_read(AT_FDCWD, path, FILE_FOLLOW, REGISTER_FILE_MAX, a, &bytes, &n, &e) < 0 ||
		 text_from_bytes(bytes, n, a, &text, &len, &l->encoding, &e) < 0)
		l->fault = arena_text(a, e.msg);
	if (l->fault != NULL)
		return;
	if (ends_with(path, groups))
		list_from_groups(l, text, a);
	else
		list_from_table(l, text, len, &c->columns, a);
	if (l->fault == NULL && l->n == 0)
		l->fault = "holds no entry";
	if (l->fault != NULL)
		l->n = 0;
}

/* Evidence of a list: its first bad lines, each with the reason. */
static void
say_lines(struct item *it, const struct list *l, const struct entries *all, struct arena *a)
{
	size_t said = 0;

	for (size_t i = 0; i < all->n && said < REGISTER_LINES_SAID; i++) {
		const struct entry *en = &all->v[i];

		if (en->list != l || en->fault == NULL)
			continue;
		it->evidence[it->nevidence++] =
		    (struct evidence){ arena_printf(a, "line %u", en->line), en->fault };
		said++;
	}
}

static void
tell_list(const struct probe_ctx *ctx, const struct list *l, const struct entries *all)
{
	struct item it = { .target = l->path, .rule = "register.read" };
	size_t bad = 0;

	it.evidence = arena_array(ctx->arena, REGISTER_LINES_SAID + 4, sizeof(*it.evidence));
	if (l->encoding != NULL)
		it.evidence[it.nevidence++] = (struct evidence){ "encoding", l->encoding };
	if (l->ignored != NULL)
		it.evidence[it.nevidence++] = (struct evidence){ "columns_not_read", l->ignored };
	for (size_t i = 0; i < all->n; i++)
		bad += all->v[i].list == l && all->v[i].fault != NULL;
	it.state = l->fault != NULL || bad > 0 ? ITEM_UNKNOWN : ITEM_FINE;
	it.summary = arena_printf(ctx->arena, "%zu of %zu entries are read", l->n - bad, l->n);
	if (bad > 0)
		it.summary = arena_printf(ctx->arena,
		    "%zu of %zu entries cannot be read, so their days are not watched", bad, l->n);
	if (l->fault != NULL)
		it.summary = arena_printf(ctx->arena, "Nothing of the list is read: %s", l->fault);
	say_lines(&it, l, all, ctx->arena);
	probe_emit(ctx, &it);
}

/* Each bad line by itself, for who asked for that. */
static void
tell_lines(const struct probe_ctx *ctx, const struct entries *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct entry *en = &all->v[i];
		struct evidence line = { "line", arena_printf(ctx->arena, "%u", en->line) };
		const struct item it = {
			.target = arena_printf(ctx->arena, "%s:%u", en->list->path, en->line),
			.rule = "register.read",
			.state = ITEM_UNKNOWN,
			.summary = en->fault,
			.evidence = &line,
			.nevidence = 1,
		};

		if (en->fault != NULL)
			probe_emit(ctx, &it);
	}
}

static void
tell_entries(const struct probe_ctx *ctx, const struct entries *all, instant now)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct entry *en = &all->v[i];

		if (en->twin || en->id == NULL)
			continue;
		tell_date(ctx, en, now);
		if (en->fault == NULL && en->kind == KIND_PLAYBOOK)
			tell_playbook(ctx, en, now);
		if (en->fault == NULL && en->kind == KIND_PORTAL)
			tell_portal(ctx, en, now);
	}
}

/* Then the run as a whole has seen nothing, and ends nothing that was told. */
static bool
none_read(const struct list *lists, size_t n)
{
	size_t read = 0;

	for (size_t i = 0; i < n; i++)
		read += lists[i].fault == NULL;
	return read == 0;
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct register_conf *c = conf;
	instant now = ctx->clk->wall(ctx->clk);
	struct paths p = { 0 };
	struct entries all;
	struct list *lists;

	find_paths(&p, c, ctx->arena);
	if (p.more)
		return err_set(e, ERR_LIMIT, "there are more than %d lists in these folders",
		    REGISTER_FILES_MAX);
	lists = arena_array(ctx->arena, p.n + 1, sizeof(*lists));
	for (size_t i = 0; i < p.n; i++)
		read_list(&lists[i], p.v[i], c, ctx->arena);
	if (!c->all_lines && none_read(lists, p.n))
		return err_set(e, ERR_PARSE, "%s: %s", lists[0].path, lists[0].fault);
	entries_of(&all, lists, p.n, c, ctx->arena);
	if (all.n > REGISTER_ROWS_MAX)
		return err_set(e, ERR_LIMIT, "the lists have more than %d entries together",
		    REGISTER_ROWS_MAX);
	for (size_t i = 0; i < p.n; i++)
		tell_list(ctx, &lists[i], &all);
	if (c->all_lines)
		tell_lines(ctx, &all);
	tell_entries(ctx, &all, now);
	tell_people(ctx, &all, lists, p.n, now);
	seen_run(ctx, lists, p.n, &all, now);
	return 0;
}
