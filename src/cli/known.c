/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the answer of forewarnd becomes a judged report.
 */
#include "cli/known.h"

#include "cli/cmd.h"
#include "base/clk.h"
#include "base/day.h"
#include "model/wire.h"
#include "probes/specs.h"
#include "tell/control_client.h"

#include <string.h>

#define FIRST_LOOK "Wait for its first run, or have it now: `forewarn alerts look`."

static int
take_check(struct known *s, struct frame *f, struct err *e)
{
	struct ctl_check c;
	struct result *r;

	if (ctl_get_check(f, s->a, &c, e) < 0)
		return -1;
	s->results = arena_grow(s->a, s->results, s->n, &s->cap_results, sizeof(*s->results));
	s->shown = arena_grow(s->a, s->shown, s->n, &s->cap_shown, sizeof(*s->shown));
	s->terms = arena_grow(s->a, s->terms, s->n, &s->cap_terms, sizeof(*s->terms));
	r = &s->results[s->n];
	*r = (struct result){ .check = c.id,
		.probe = c.probe,
		.taken = c.taken,
		.valid_until = c.valid_until,
		.took = c.took,
		.host_clock = c.clock,
		.cell = c.cell };
	s->terms[s->n] = (struct judge_terms){ c.lead, c.auto_renew, c.ahead, c.doubt };
	s->shown[s->n++] = (struct report_check){ .title = c.title,
		.owner = c.owner,
		.secondary = c.secondary,
		.owner_name = c.owner_name,
		.secondary_name = c.secondary_name,
		.watched = true,
		.since = c.since,
		.succeeded = c.succeeded };
	s->left = c.items;
	s->cap_items = 0;
	return 0;
}

static int
take_item(struct known *s, struct frame *f, struct err *e)
{
	const struct probe_spec *p;
	struct result *r;

	if (s->left == 0)
		return err_set(e, ERR_PARSE, "forewarnd sent an item of no check");
	r = &s->results[s->n - 1];
	p = probe_find(r->probe);
	if (p == NULL)
		return err_set(e, ERR_PARSE,
		    "forewarnd knows a probe \"%s\", this program does not", r->probe);
	r->items = arena_grow(s->a, r->items, r->nitems, &s->cap_items, sizeof(*r->items));
	if (wire_get_item(f, p->rules, s->a, &r->items[r->nitems], e) < 0)
		return -1;
	r->nitems++;
	s->left--;
	return 0;
}

static int
take_samples(struct known *s, struct frame *f, struct err *e)
{
	struct ctl_samples v;

	if (s->n == 0 || s->results[s->n - 1].nitems == 0)
		return err_set(e, ERR_PARSE, "forewarnd sent samples of no item");
	if (s->nseries == CTL_SERIES_MAX)
		return err_set(e, ERR_LIMIT, "forewarnd sent more than %d series", CTL_SERIES_MAX);
	if (ctl_get_samples(f, s->a, &v, e) < 0)
		return -1;
	s->series = arena_grow(s->a, s->series, s->nseries, &s->cap_series, sizeof(*s->series));
	s->series_of =
	    arena_grow(s->a, s->series_of, s->nseries, &s->cap_series_of, sizeof(*s->series_of));
	s->series_of[s->nseries] = s->n - 1;
	s->series[s->nseries++] = (struct page_series){ .item = s->results[s->n - 1].nitems - 1,
		.metric = v.metric,
		.samples = v.v,
		.n = v.n };
	return 0;
}

static int
take(void *self, struct frame *f, struct err *e)
{
	struct known *s = self;

	if (f->kind == CTL_HEAD)
		return ctl_get_head(f, s->a, &s->head, e);
	if (f->kind == CTL_EXCEPTED)
		return overlay_take(&s->over, f, s->a, e);
	if (f->kind == CTL_ALERT)
		return overlay_take(&s->over, f, s->a, e);
	if (f->kind == CTL_ROUTE) {
		s->routes =
		    arena_grow(s->a, s->routes, s->nroutes, &s->cap_routes, sizeof(*s->routes));
		return ctl_get_route(f, s->a, &s->routes[s->nroutes++], e);
	}
	if (f->kind == CTL_CHECK)
		return take_check(s, f, e);
	if (f->kind == WIRE_ITEM)
		return take_item(s, f, e);
	if (f->kind == CTL_SAMPLES)
		return take_samples(s, f, e);
	return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
}

/* Nothing newer is known: what was fine then is not fine now. */
static void
go_stale(struct known *s, struct result *r, instant now)
{
	struct item *it = arena_alloc(s->a, sizeof(*it));
	char buf[SPAN_TEXT];

	*it = (struct item){ .target = r->check,
		.rule = arena_printf(s->a, "%s" RUN_RULE, r->probe),
		.state = ITEM_UNKNOWN };
	it->summary =
	    r->taken == INSTANT_NONE
		? "No result yet"
		: arena_printf(s->a, "No result for %s; what was known is too old to be believed",
		      span_words(instant_minus(now, r->taken), buf));
	if (r->taken == INSTANT_NONE)
		r->taken = r->valid_until = now; /* that nothing is known is known now */
	r->items = it;
	r->nitems = 1;
}

/* What forewarnd finds of itself is shown where it is not well: drops what is, as the counts of
 * heartbeat and digest do. True: nothing is left. */
static bool
is_well(struct result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nitems; i++)
		if (r->items[i].verdict.level != LEVEL_OK)
			r->items[n++] = r->items[i];
	r->nitems = n;
	return n == 0;
}

static size_t
choose(struct known *s, char **ids, int nids, instant now, bool by_hand, bool all)
{
	static const struct rule none[] = { { .name = NULL } };
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct result *r = &s->results[i];
		const struct probe_spec *p;
		bool wanted = nids == 0, never = r->taken == INSTANT_NONE;

		for (int k = 0; k < nids; k++)
			wanted = wanted || strcmp(ids[k], r->check) == 0;
		if (!wanted)
			continue;
		if (never || r->valid_until < now)
			go_stale(s, r, now);
		p = probe_find(r->probe);
		judge_result(r, p != NULL ? p->rules : none, &s->terms[i], now);
		if (never)
			r->items[0].verdict.do_now = FIRST_LOOK;
		if (by_hand)
			overlay_except(&s->over, r, now, s->a);
		else
			overlay_check(&s->over, r, now, s->a);
		if (!all && nids == 0 && strcmp(r->check, BUILTIN_CHECK) == 0 && is_well(r))
			continue;
		s->shown[n] = s->shown[i];
		s->shown[n++].result = r;
	}
	return n;
}

/* -1: one of them is not watched, and *code is the exit code. */
static int
are_watched(const struct known *s, char **ids, int nids, int *code)
{
	for (int k = 0; k < nids; k++) {
		bool there = false;

		for (size_t i = 0; i < s->n; i++)
			there = there || strcmp(ids[k], s->results[i].check) == 0;
		if (there)
			continue;
		*code = cmd_usage("forewarnd watches no check \"%s\"", ids[k]);
		return -1;
	}
	return 0;
}

int
known_ask(struct known *s, const char *socket, uint32_t kind, const char *only, struct err *e)
{
	const struct ctl_request r = { .kind = kind, .pattern = only, .until = INSTANT_NONE };

	return control_ask(socket, &r, s->a, take, s, NULL, e);
}

int
known_report(
    struct known *s, char **ids, int nids, instant at, bool all, struct report *out, int *code)
{
	bool by_hand = at != INSTANT_NONE;
	instant now = by_hand ? at : clk_system()->wall(clk_system());

	if (are_watched(s, ids, nids, code) < 0)
		return -1;
	s->over.head = &s->head;
	overlay_sort(&s->over, s->a);
	*out = (struct report){ .site = s->head.site,
		.host = s->head.host,
		.now = now,
		.checks = s->shown,
		.nchecks = choose(s, ids, nids, now, by_hand, all),
		.by_hand = by_hand };
	return 0;
}
