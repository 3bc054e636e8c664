/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words about a folder.
 */
#include "report.h"

#include <string.h>

void
report_unknown(
    const struct probe_ctx *ctx, const char *target, const char *rule, const char *summary)
{
	const struct item it = {
		.target = target, .rule = rule, .state = ITEM_UNKNOWN, .summary = summary
	};

	probe_emit(ctx, &it);
}

/* 1,204 */
static const char *
number(size_t n, struct arena *a)
{
	return n < 1000 ? arena_printf(a, "%zu", n)
			: arena_printf(a, "%zu,%03zu", n / 1000, n % 1000);
}

static const char *
files(size_t n, struct arena *a)
{
	return arena_printf(a, "%s file%s", number(n, a), n == 1 ? "" : "s");
}

static const char *
minute(instant t, struct arena *a)
{
	char buf[INSTANT_TEXT];

	instant_text(t, buf);
	return arena_printf(a, "%.10s %.5s UTC", buf, buf + 11);
}

static const char *
kind_of(const struct known *k)
{
	if (strcmp(k->base, SHA_NONE) == 0)
		return "added";
	if (strcmp(k->now, SHA_NONE) == 0)
		return "removed";
	return strcmp(k->base, SHA_UNREAD) == 0 ? "read for the first time" : "changed";
}

struct told {
	struct evidence *v;
	size_t n, changed, present;
	const char *names;
	instant first; /* when the first of the changes was seen */
};

static void
add(struct told *t, const char *key, const char *value)
{
	t->v[t->n++] = (struct evidence){ key, value };
}

/* Counts the changes and names the first of them. */
static void
gather(struct told *t, const struct folder *f, struct arena *a)
{
	t->first = INSTANT_NONE;
	for (size_t i = 0; i < f->n; i++) {
		const struct known *k = &f->v[i];

		t->present += strcmp(k->now, SHA_NONE) != 0;
		if (!files_changed(k))
			continue;
		if (t->first == INSTANT_NONE || k->since < t->first)
			t->first = k->since;
		if (t->changed++ >= REPORT_NAMED)
			continue;
		add(t, arena_printf(a, "file %zu", t->changed),
		    arena_printf(
			a, "%s: %s, first seen so %s", k->name, kind_of(k), minute(k->since, a)));
		if (t->changed <= 3)
			t->names =
			    arena_printf(a, "%s%s%.80s (%s)", t->names != NULL ? t->names : "",
				t->names != NULL ? ", " : "", k->name, kind_of(k));
	}
}

static void
tell_found(struct item *it, struct told *t, const struct folder *f, bool lost, struct arena *a)
{
	char *id = arena_alloc(a, FINDING_TEXT), *at = arena_alloc(a, INSTANT_TEXT);

	files_finding(f, id);
	add(t, FINDING_KEY, id);
	add(t, NOTICED_KEY, instant_text(t->changed > 0 ? t->first : f->since, at));
	it->state = ITEM_FOUND;
	it->finding = t->changed > 0 ? "changed" : "unapproved";
	if (t->changed > 0)
		it->summary = arena_printf(a, "%zu of %s differ%s from the %s state: %s%s",
		    t->changed, files(f->n, a), t->changed == 1 ? "s" : "",
		    f->approved ? "approved" : "first seen", t->names, t->changed > 3 ? ", …" : "");
	else
		it->summary = arena_printf(a, "%s, as found on %s; nobody has approved them%s",
		    files(t->present, a), minute(f->since, a),
		    lost ? "; what was approved before is not known any more" : "");
}

static void
tell_change(const struct probe_ctx *ctx, const struct folder *f, bool lost)
{
	struct arena *a = ctx->arena;
	struct told t = { .v = arena_array(a, REPORT_NAMED + 4, sizeof(*t.v)) };
	struct item it = { .target = f->path, .rule = "baseline.change" };

	gather(&t, f, a);
	if (f->approved)
		add(&t, "approved",
		    arena_printf(a, "%s, %s", f->by != NULL ? f->by : "by the approved list",
			minute(f->since, a)));
	if (!f->is_new && (t.changed > 0 || (!f->approved && t.present > 0)))
		tell_found(&it, &t, f, lost, a);
	else if (f->unread > 0 || f->is_new || t.present == 0) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(a, "Whether files differ is not known: %.300s",
		    f->first != NULL ? f->first : "there are none");
	} else
		it.summary = arena_printf(a, "%s, all as they were approved", files(t.present, a));
	it.evidence = t.v;
	it.nevidence = t.n;
	probe_emit(ctx, &it);
}

void
report_folder(const struct probe_ctx *ctx, const struct folder *f, bool lost)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = f->path, .rule = "baseline.read" };
	size_t present = 0;

	for (size_t i = 0; i < f->n; i++)
		present += strcmp(f->v[i].now, SHA_NONE) != 0;
	if (f->unread > 0) {
		it.state = ITEM_UNKNOWN;
		it.summary = f->fault != NULL
				 ? arena_printf(a, "Not all files were seen, %s are known: %.300s",
				       number(present, a), f->fault)
				 : arena_printf(a, "%s, %s read: %.300s", files(present, a),
				       number(present - f->unread, a), f->first);
	} else if (present == 0) {
		it.state = ITEM_FOUND;
		it.finding = "empty";
		it.summary = "There is no file in it that is watched";
	} else
		it.summary = arena_printf(a, "%s, all read", files(present, a));
	probe_emit(ctx, &it);
	tell_change(ctx, f, lost);
}
