/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the status page shows beside the report: alerts, routes, their words.
 */
#include "cli/page.h"
#include "judge/wording.h"
#include "probes/specs.h"

#include <string.h>

/* what the probe `alert` calls the screen (probes/alert/alert.h) */
#define ROUTE_RULE "alert.path"
#define ROUTE_HERE "this-computer"

/* The words of an alert, whether or not one was told. */
static void
words(struct page_thing *t, const struct ctl_alert *al, instant now, struct arena *a)
{
	const struct report_check *c = t->row.check;
	const struct probe_spec *p = probe_find(c->result->probe);
	bool since = al != NULL && al->since != INSTANT_NONE;
	struct wording_of of = { .item = t->row.item,
		.rule = p != NULL ? rule_find(p->rules, t->row.item->rule) : NULL,
		.title = c->title,
		.owner = c->owner_name,
		.secondary = c->secondary_name,
		.taken = c->result->taken };
	struct wording *w = arena_alloc(a, sizeof(*w));

	/* of what looks better than it is shown only what was told is true */
	if (al != NULL && al->turn == STAND_BETTER && al->title[0] != '\0') {
		t->title = al->title;
		t->parts = (struct event_parts){ al->body, "", "", "", "" };
		return;
	}
	of.told = (struct outcome){ .kind = since ? EVENT_REMINDER : EVENT_RAISED,
		.level = t->row.level,
		.previous = LEVEL_OK,
		.since = since ? al->since : INSTANT_NONE };
	wording_make(&of, now, w);
	t->title = arena_text(a, w->title);
	t->parts = (struct event_parts){ arena_text(a, w->what), arena_text(a, w->when),
		arena_text(a, w->so_what), arena_text(a, w->do_now), arena_text(a, w->who) };
}

/* What a check of the alarm says of a way, with its own limits; NULL: none watches it. */
static const struct item *
judged_route(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (strcmp(it->rule, ROUTE_RULE) == 0 && strcmp(it->target, name) == 0)
				return it;
		}
	return NULL;
}

static struct page_route
route_of(const struct report *r, const char *name, instant tested, instant confirmed)
{
	const struct item *it = judged_route(r, name);
	bool old =
	    confirmed != INSTANT_NONE && instant_minus(r->now, confirmed) >= PAGE_ROUTE_OVERDUE;

	return (struct page_route){ .name = strcmp(name, ROUTE_HERE) == 0 ? NULL : name,
		.tested = tested,
		.confirmed = confirmed,
		.overdue = it != NULL ? it->verdict.level > LEVEL_PLAN : old };
}

/* Every way out; and the screen, once somebody has tried it or where there is no other way: a
 * server has none. */
static void
routes(const struct report *r, const struct page_known *known, struct page *out, struct arena *a)
{
	const struct ctl_head *h = &known->head;
	struct page_route *list = arena_array(a, known->nroutes + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < known->nroutes; i++) {
		const struct ctl_route *v = &known->routes[i];

		list[n++] = route_of(r, v->sink, v->tested, v->confirmed);
	}
	if (n == 0 || h->tested != INSTANT_NONE)
		list[n++] = route_of(r, ROUTE_HERE, h->tested, h->confirmed);
	out->routes = list;
	out->nroutes = n;
}

void
page_make(const struct report *r, instant made, const struct page_known *known, bool all,
    struct arena *a, struct page *out)
{
	size_t n, kept = 0;
	struct row *rows = rows_by_urgency(r, all, a, &n);
	struct page_thing *things = arena_array(a, n + 1, sizeof(*things));

	*out = (struct page){ .report = r,
		.things = things,
		.made = made,
		.watched = known != NULL,
		.measuring = known != NULL && known->head.measuring,
		.version = FOREWARN_VERSION };
	for (size_t i = 0; i < n; i++) {
		struct page_thing *t = &things[kept];
		const struct ctl_alert *al;

		/* what is excepted has a list of its own */
		if (rows[i].sign <= SIGN_EXCEPTED)
			continue;
		kept++;
		*t = (struct page_thing){ .row = rows[i], .title = rows[i].check->title };
		if (rows[i].fold)
			continue;
		al = known == NULL
			 ? NULL
			 : overlay_find(known->over, rows[i].check->result->check, rows[i].item, a);
		words(t, al, r->now, a);
		if (al != NULL) {
			t->taken_by = al->acked ? al->acked_by : NULL;
			t->gate = al->gate;
		}
	}
	out->nthings = kept;
	if (known != NULL)
		routes(r, known, out, a);
}
