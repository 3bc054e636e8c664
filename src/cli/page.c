/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the status page shows beside the report: alerts, routes, their words.
 */
#include "cli/page.h"
#include "judge/wording.h"
#include "probes/specs.h"
#include "tell/control_client.h"

#include <string.h>

/* the target of forewarnd's standings of a run that gave no result (src/daemon/counts.h) */
#define RUN_STANDING "run"
/* what the probe `alert` calls the screen (probes/alert/alert.h) */
#define ROUTE_RULE "alert.path"
#define ROUTE_HERE "this-computer"

struct page_reading {
	struct arena *a;
	struct page_known *known;
};

static int
take(void *self, struct frame *f, struct err *e)
{
	struct page_reading *q = self;
	struct page_known *k = q->known;

	/* the head came with the results; silences and exceptions show in the alerts */
	if (f->kind != CTL_ALERT)
		return 0;
	k->alerts = arena_grow(q->a, k->alerts, k->nalerts, &k->cap_alerts, sizeof(*k->alerts));
	return ctl_get_alert(f, q->a, &k->alerts[k->nalerts++], e);
}

int
page_ask(const char *socket, struct arena *a, struct page_known *known, struct err *e)
{
	const struct ctl_request r = { .kind = CTL_ALERTS, .until = INSTANT_NONE };
	struct page_reading q = { a, known };

	return control_ask(socket, &r, a, take, &q, NULL, e);
}

static const struct ctl_alert *
alert_of(const struct page_known *k, const struct row *row, struct arena *a)
{
	const struct item *it = row->item;
	bool run = rule_is_run(it->rule);
	const char *fp;

	if (k == NULL || k->nalerts == 0 || row->fold)
		return NULL;
	fp =
	    arena_printf(a, "%s/%s/%s/%s/%s", k->head.site, k->head.host, row->check->result->check,
		run ? RUN_STANDING : it->target, run ? RUN_STANDING : it->rule);
	for (size_t i = 0; i < k->nalerts; i++)
		if (strcmp(k->alerts[i].fingerprint, fp) == 0)
			return &k->alerts[i];
	return NULL;
}

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

	of.told = (struct outcome){ .kind = since ? EVENT_REMINDER : EVENT_RAISED,
		.level = t->row.level,
		.previous = LEVEL_OK,
		.since = since ? al->since : INSTANT_NONE };
	wording_make(&of, now, w);
	t->title = arena_text(a, w->title);
	t->parts = (struct event_parts){ arena_text(a, w->what), arena_text(a, w->when),
		arena_text(a, w->so_what), arena_text(a, w->do_now), arena_text(a, w->who) };
}

static instant
moment(const struct item *it, const char *key)
{
	instant t;

	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0 && it->evidence[i].value != NULL &&
		    instant_parse(it->evidence[i].value, &t, NULL) == 0)
			return t;
	return INSTANT_NONE;
}

/* As the check of the alarm knows them, with its own limit; without one, the screen. */
static void
routes(const struct report *r, const struct page_known *known, struct page *out, struct arena *a)
{
	struct page_route *list = NULL;
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (strcmp(it->rule, ROUTE_RULE) != 0 || it->nevidence == 0)
				continue;
			list = arena_grow(a, list, n, &cap, sizeof(*list));
			list[n++] = (struct page_route){
				.name = strcmp(it->target, ROUTE_HERE) == 0 ? NULL : it->target,
				.tested = moment(it, "tested"),
				.confirmed = moment(it, "confirmed"),
				.overdue = it->verdict.level > LEVEL_PLAN
			};
		}
	if (n == 0) {
		const struct ctl_head *h = &known->head;

		list = arena_alloc(a, sizeof(*list));
		list[n++] = (struct page_route){ .tested = h->tested,
			.confirmed = h->confirmed,
			.overdue = h->confirmed != INSTANT_NONE &&
				   instant_minus(r->now, h->confirmed) >= PAGE_ROUTE_OVERDUE };
	}
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

		if (rows[i].level == LEVEL_OK)
			continue;
		kept++;
		*t = (struct page_thing){ .row = rows[i], .title = rows[i].check->title };
		if (rows[i].fold)
			continue;
		al = alert_of(known, &rows[i], a);
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
