/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: what is known is read, what people accepted is taken, each folder and settings file
 * is looked at once, and what is known then is noted.
 */
#include "baseline.h"

#include "approved.h"
#include "notes.h"
#include "report.h"
#include "says.h"
#include "walk.h"

#include "base/file.h"

#include <fcntl.h>
#include <string.h>

#define KEPT "known" /* what is kept outside of a folder that is known */

static void
take_accepts(const struct probe_ctx *ctx, struct folder *f)
{
	const struct handed *h = ctx->handed;
	char id[FINDING_TEXT];

	if (f->is_new)
		return;
	files_finding(f, id);
	for (size_t i = 0; i < h->naccepts; i++) {
		const struct accept *one = &h->accepts[i];

		if (strcmp(one->rule, "baseline.change") != 0 ||
		    strcmp(one->target, f->path) != 0 || strcmp(one->finding, id) != 0)
			continue;
		files_accept(f, one->by, one->at, ctx->arena);
		return;
	}
}

/* A list that is another than the one taken last counts from now on; but a list that was exchanged
 * has to be approved by a person again. -1 with *e set. */
static int
take_list(
    const struct probe_ctx *ctx, const char *path, struct folder *f, instant now, struct err *e)
{
	char sha[SHA_TEXT];
	char *text;
	size_t len;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, BASELINE_LIST_MAX, ctx->arena, &text, &len, e) <
	    0)
		return -1;
	sum_text(text, len, sha);
	if (strcmp(sha, f->list) == 0)
		return 0;
	if (strlen(text) != len)
		return err_set(e, ERR_PARSE, "it is no text");
	if (approved_take(text, f, ctx->arena, now, e) < 0)
		return -1;
	memcpy(f->list, sha, sizeof(sha));
	f->approved = f->is_new;
	f->is_new = false;
	f->since = now;
	f->by = NULL;
	return 0;
}

static size_t
room_left(const struct folders *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->v[i].n;
	return n < BASELINE_FILES_MAX ? BASELINE_FILES_MAX - n : 0;
}

static void
look(const struct probe_ctx *ctx, const struct baseline_conf *c, struct folder *f, size_t *room,
    instant now)
{
	bool lost = f->is_new && handed_keep(ctx->handed, f->path) != NULL;
	struct err e = { 0 };

	if (c->approved != NULL && take_list(ctx, c->approved, f, now, &e) < 0)
		report_unknown(ctx, c->approved, "baseline.change",
		    arena_printf(ctx->arena, "The approved list cannot be read: %s", e.msg));
	if (f->is_new && c->approved != NULL)
		return;
	if (lost)
		f->approved = false;
	walk(ctx, &c->skip, f, room, now);
	if (f->is_new)
		f->since = now;
	files_settle(f, &c->skip, now);
	/* what a cut look did not come to would count as added at the next one */
	if (f->n > 0 && !f->cut)
		f->is_new = false;
	report_folder(ctx, f, lost);
	if (!f->is_new)
		probe_keep(ctx, f->path, KEPT);
}

static void
look_setting(const struct probe_ctx *ctx, const char *entry, const struct setting *s)
{
	struct item it = { .target = entry, .rule = "baseline.setting" };
	struct arena *a = arena_new(8 * BASELINE_SETTING_MAX);
	struct err e = { 0 };
	char *text;
	size_t len;

	if (file_read(AT_FDCWD, s->path, FILE_FOLLOW, BASELINE_SETTING_MAX, a, &text, &len, &e) <
	    0) {
		it.state = ITEM_UNKNOWN;
		it.summary =
		    arena_printf(ctx->arena, "What %s says is not known: %s", s->path, e.msg);
	} else if (says(text, len, s->words, a))
		it.summary = arena_printf(ctx->arena, "%s says %s", s->path, s->words);
	else {
		it.state = ITEM_FOUND;
		it.finding = "missing";
		it.summary =
		    arena_printf(ctx->arena, "The setting %s is not in %s", s->words, s->path);
	}
	probe_emit(ctx, &it);
	arena_free(a);
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct baseline_conf *c = conf;
	instant now = ctx->clk->wall(ctx->clk);
	struct folders *all = arena_alloc(ctx->arena, sizeof(*all));
	const char *fault;
	struct setting s;
	size_t room;

	for (size_t i = 0; i < c->settings.n; i++) {
		if (setting_parse(c->settings.v[i], ctx->arena, &s, e) < 0)
			return -1;
		look_setting(ctx, c->settings.v[i], &s);
	}
	if (c->folders.n == 0)
		return 0;
	*all = (struct folders){ .n = c->folders.n };
	for (size_t i = 0; i < all->n; i++)
		all->v[i].path = c->folders.v[i];
	fault = notes_read(ctx, all);
	if (fault != NULL)
		report_unknown(ctx, "notes", "baseline.change",
		    arena_printf(ctx->arena, "What was approved cannot be read: %s", fault));
	for (size_t i = 0; i < all->n; i++)
		take_accepts(ctx, &all->v[i]);
	room = room_left(all);
	for (size_t i = 0; i < all->n; i++)
		look(ctx, c, &all->v[i], &room, now);
	return notes_write(ctx, all, e);
}
