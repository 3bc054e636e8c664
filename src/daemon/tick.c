/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the minute's walk over all that is open, quiet or not fine.
 */
#include "daemon/tick.h"

#include "daemon/context.h"
#include "daemon/record.h"
#include "daemon/teller.h"
#include "probes/specs.h"

#define ARENA_MAX ((size_t)64 << 20)

struct row_to_tick {
	const char *fingerprint, *check, *target, *rule;
	bool is_run;
	struct row_to_tick *next;
};

struct ticking {
	const struct ground *on;
	struct arena *a;
	struct row_to_tick *list;
	span waits;            /* until what a row hangs on was looked at; SPAN_MAX */
	struct context pauses; /* what people said, read once for all */
};

static void
gather_open(void *self, const struct store_standing *row)
{
	struct ticking *k = self;
	struct row_to_tick *more;

	if (!row->st.open && row->st.gate == GATE_NONE && row->st.held == LEVEL_OK &&
	    row->st.valid_until > world_now(k->on->world))
		return;
	more = arena_alloc(k->a, sizeof(*more));
	*more = (struct row_to_tick){ arena_text(k->a, row->fingerprint),
		arena_text(k->a, row->check), arena_text(k->a, row->target),
		arena_text(k->a, row->rule), row_is_run(row), k->list };
	k->list = more;
}

/* No longer in the configuration: what was open ends. */
static int
retire(struct context *c, struct store_standing *row, struct err *e)
{
	struct alert_news news = { .taken = row->st.taken };
	struct policy_now now;

	context_now(c, row->fingerprint, NULL, &now);
	if (policy_retire(&row->st, &now, &news.told) &&
	    teller_alert(c->on, row, &news, c->a, e) < 0)
		return -1;
	if (record_gone(c->on, row->fingerprint, e) < 0)
		return -1;
	return store_standing_drop(c->on->world->store, row->fingerprint, e);
}

/* What the row hangs on, as a context has it. *parent points into above or room. */
static int
parent_of(struct context *c, const struct row_to_tick *o, struct worst_standing *above,
    const struct standing **parent, struct standing *room, struct err *e)
{
	if (context_above(c, above, e) < 0)
		return -1;
	if (!o->is_run)
		return context_parent(c, above, parent, room, e);
	*parent = above->any ? &above->st : NULL;
	return 0;
}

static int
pass_time(struct context *c, const struct row_to_tick *o, struct store_standing *row, struct err *e)
{
	const struct check_conf *k = c->check;
	struct alert_news news = { .check = k, .taken = row->st.taken };
	const struct standing *parent = NULL, before = row->st;
	struct standing room, clock;
	struct policy_terms terms;
	struct policy_now now;
	struct worst_standing above;

	news.rule = rule_find(probe_find(k->probe)->rules, o->rule);
	terms = context_terms(c, news.rule);
	if (parent_of(c, o, &above, &parent, &room, e) < 0 ||
	    context_clock(c, news.rule, row->st.seen, row->st.held, &parent, &clock, e) < 0)
		return -1;
	context_now(c, o->fingerprint, parent, &now);
	if (policy_tick(&row->st, &terms, &now, &news.told)) {
		news.item = row->st.stale ? NULL : context_item(c, o->target, o->rule);
		if (context_suppressed(c, &news.suppressed, e) < 0 ||
		    teller_alert(c->on, row, &news, c->a, e) < 0)
			return -1;
	}
	if (record_change(c->on, o->fingerprint, &before, &row->st, e) < 0)
		return -1;
	return store_standing_put(c->on->world->store, row, e);
}

static int
tick_one(struct ticking *k, const struct row_to_tick *o, struct err *e)
{
	struct context c = k->pauses;
	struct store_standing row;
	bool there;

	c.check = conf_check(k->on->generation->conf, o->check);
	if (store_standing_get(k->on->world->store, o->fingerprint, k->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	if (c.check == NULL)
		return retire(&c, &row, e);
	context_look_for_instrument(&c);
	if (pass_time(&c, o, &row, e) < 0)
		return -1;
	if (context_wait(&c, &row.st) < k->waits)
		k->waits = context_wait(&c, &row.st);
	return 0;
}

/* What others hang on goes first. */
static int
write_ticks(void *self, struct err *e)
{
	struct ticking *k = self;

	k->list = NULL;
	k->waits = SPAN_MAX;
	k->pauses = context_of(k->on, NULL, k->a);
	if (context_read_pauses(&k->pauses, e) < 0 ||
	    store_standings(k->on->world->store, NULL, gather_open, k, e) < 0)
		return -1;
	for (int runs = 1; runs >= 0; runs--)
		for (const struct row_to_tick *o = k->list; o != NULL; o = o->next)
			if (o->is_run == (runs == 1) && tick_one(k, o, e) < 0)
				return -1;
	return 0;
}

span
tick(const struct ground *on)
{
	struct ticking k = { .on = on, .a = arena_new(ARENA_MAX) };

	if (ledger_write(on->ledger, write_ticks, &k) < 0)
		k.waits = SPAN_MAX;
	arena_free(k.a);
	return k.waits;
}
