/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how alerts and exceptions of forewarnd change the levels of judged results.
 */
#include "cli/overlay.h"

#include "base/day.h"
#include "judge/judge.h"
#include "probes/specs.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* the target and the rule of forewarnd's standings of a run (src/daemon/counts.h) */
#define RUN_STANDING "run"

int
overlay_take(struct overlay *o, struct frame *f, struct arena *a, struct err *e)
{
	if (f->kind == CTL_EXCEPTED) {
		o->excepted = arena_grow(
		    a, o->excepted, o->nexcepted, &o->cap_excepted, sizeof(*o->excepted));
		return ctl_get_excepted(f, a, &o->excepted[o->nexcepted++], e);
	}
	o->alerts = arena_grow(a, o->alerts, o->nalerts, &o->cap_alerts, sizeof(*o->alerts));
	return ctl_get_alert(f, a, &o->alerts[o->nalerts++], e);
}

static int
by_fingerprint(const void *a, const void *b)
{
	const struct ctl_alert *x = a, *y = b;

	return strcmp(x->fingerprint, y->fingerprint);
}

void
overlay_sort(struct overlay *o, struct arena *a)
{
	o->met = arena_array(a, o->nalerts + 1, sizeof(*o->met));
	if (o->nalerts > 0)
		qsort(o->alerts, o->nalerts, sizeof(*o->alerts), by_fingerprint);
}

static const char *
fingerprint(const struct overlay *o, const char *check, const struct item *it, struct arena *a)
{
	bool run = rule_is_run(it->rule);

	return arena_printf(a, "%s/%s/%s/%s/%s", o->head->site, o->head->host, check,
	    run ? RUN_STANDING : it->target, run ? RUN_STANDING : it->rule);
}

const struct ctl_alert *
overlay_find(const struct overlay *o, const char *check, const struct item *it, struct arena *a)
{
	const struct ctl_alert key = { .fingerprint = fingerprint(o, check, it, a) };

	if (o->nalerts == 0)
		return NULL;
	return bsearch(&key, o->alerts, o->nalerts, sizeof(key), by_fingerprint);
}

/* ---- exceptions */

static void
approve(struct item *it, enum level level, const struct exception *x, struct arena *a)
{
	struct approval *p = arena_alloc(a, sizeof(*p));
	const struct watched *watched = it->verdict.watched;

	*p = (struct approval){ level, x->until, x->reason, x->approver, x->measure };
	it->verdict = (struct verdict){ .level = LEVEL_EXCEPTED,
		.start_by = INSTANT_NONE,
		.excepted = true,
		.approval = p,
		.watched = watched };
}

static void
set_level(struct result *r)
{
	r->level = r->nitems > 0 ? LEVEL_OK : LEVEL_UNKNOWN;
	for (size_t i = 0; i < r->nitems; i++)
		r->level = level_worst(r->level, r->items[i].verdict.level);
}

void
overlay_except(const struct overlay *o, struct result *r, instant now, struct arena *a)
{
	for (size_t i = 0; i < r->nitems; i++) {
		struct item *it = &r->items[i];
		enum level level = it->verdict.level;
		const char *fp = fingerprint(o, r->check, it, a);

		for (size_t k = 0; k < o->nexcepted && level != LEVEL_OK; k++) {
			const struct exception *x = &o->excepted[k].exception;

			if (!it->verdict.excepted && x->from <= now && now < x->until &&
			    level <= x->upto && fnmatch(o->excepted[k].pattern, fp, 0) == 0)
				approve(it, level, x, a);
		}
	}
	set_level(r);
}

/* ---- alerts */

const char *
overlay_note(const struct ctl_alert *v, instant now, struct arena *a)
{
	static const char *const words[STAND_TURNS][2] = {
		[STAND_BETTER] = { "looks better", ", not confirmed yet" },
		[STAND_WORSE] = { "looks like this", ", not confirmed yet" },
		[STAND_UNSEEN] = { "could not be checked", "" },
	};
	char day[DAY_TEXT];

	if (v->turn == STAND_STEADY || (v->turn == STAND_UNSEEN && v->level == LEVEL_UNKNOWN))
		return NULL;
	if (v->turn_since == INSTANT_NONE)
		return v->turn == STAND_WORSE
			   ? NULL
			   : arena_printf(a, "%s%s", words[v->turn][0], words[v->turn][1]);
	return arena_printf(a, "%s since %s%s", words[v->turn][0],
	    day_clock(v->turn_since, now, day), words[v->turn][1]);
}

/* Of another level than the newest look the rule's own words are not true. */
static void
relevel(struct item *it, enum level level)
{
	if (it->verdict.level == level)
		return;
	it->verdict.level = level;
	it->verdict.so_what = it->verdict.do_now = it->verdict.doubt = NULL;
}

static void
lay(const struct overlay *o, struct item *it, const struct ctl_alert *v, instant now,
    struct arena *a)
{
	struct watched *w = arena_alloc(a, sizeof(*w));

	*w = (struct watched){ v->since, overlay_note(v, now, a), v->gate == GATE_PARENT };
	relevel(it, v->level);
	it->verdict.watched = w;
	for (size_t i = 0; i < o->nexcepted && v->exception != 0; i++)
		if (o->excepted[i].row == v->exception)
			approve(it, v->level, &o->excepted[i].exception, a);
}

/* What people were told, without the name of the check in front. */
static const char *
told_words(const struct ctl_alert *v)
{
	size_t n = strlen(v->check_title);

	if (strncmp(v->title, v->check_title, n) == 0 && strncmp(v->title + n, ": ", 2) == 0)
		return v->title + n + 2;
	return v->title[0] != '\0' ? v->title : v->check_title;
}

static struct item
item_of(const struct ctl_alert *v, const struct result *r, struct arena *a)
{
	bool run = strcmp(v->rule, RUN_STANDING) == 0;

	return (struct item){ .target = v->target,
		.rule = run ? arena_printf(a, "%s" RUN_RULE, r->probe) : v->rule,
		.state = v->level == LEVEL_UNKNOWN ? ITEM_UNKNOWN : ITEM_FINE,
		.summary = told_words(v),
		.deadline = { .kind = DEADLINE_NONE },
		.verdict = { .level = v->level, .start_by = v->start_by } };
}

/* Those of the check that no item has met. */
static bool
is_unspoken(const struct overlay *o, size_t i, const char *check)
{
	const struct ctl_alert *v = &o->alerts[i];

	/* what hangs on a run that failed is told by that */
	return !o->met[i] && v->gate != GATE_PARENT && strcmp(v->check, check) == 0;
}

/* What the newest result does not speak of is not over by that. */
static void
add_unspoken(const struct overlay *o, struct result *r, instant now, struct arena *a)
{
	size_t more = 0, n = r->nitems;
	struct item *items;

	for (size_t i = 0; i < o->nalerts; i++)
		more += is_unspoken(o, i, r->check);
	if (more == 0)
		return;
	items = arena_array(a, n + more, sizeof(*items));
	if (n > 0)
		memcpy(items, r->items, n * sizeof(*items));
	for (size_t i = 0; i < o->nalerts; i++)
		if (is_unspoken(o, i, r->check)) {
			items[n] = item_of(&o->alerts[i], r, a);
			lay(o, &items[n++], &o->alerts[i], now, a);
		}
	r->items = items;
	r->nitems = n;
}

void
overlay_check(struct overlay *o, struct result *r, instant now, struct arena *a)
{
	for (size_t i = 0; i < r->nitems; i++) {
		struct item *it = &r->items[i];
		const struct ctl_alert *v = overlay_find(o, r->check, it, a);

		if (v == NULL)
			continue;
		o->met[v - o->alerts] = true;
		lay(o, it, v, now, a);
	}
	add_unspoken(o, r, now, a);
	set_level(r);
}
