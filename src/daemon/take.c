/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way of one result into the store. Whether an alert is told is decided by policy_see
 * (judge/policy.c), which judge_item_against_told asks for each item.
 */
#include "daemon/take.h"

#include "daemon/accepted.h"
#include "daemon/context.h"
#include "daemon/record.h"
#include "daemon/results.h"
#include "daemon/teller.h"
#include "judge/judge.h"
#include "judge/trend.h"
#include "probes/specs.h"

#include <math.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)
#define FORECAST_SAMPLES 512

struct taking {
	struct context c;
	const struct rule *rules;
	struct result *r;
	bool first; /* the check's very first result */
	span waits; /* until what it hangs on was looked at; SPAN_MAX */
};

static bool
has_limit(const struct metric *m)
{
	return (m->warn.set || m->crit.set) && !isnan(m->value);
}

static const char *
fingerprint(struct taking *t, const char *target, const char *rule)
{
	return generation_fingerprint(t->c.on->generation, t->c.check->id, target, rule, t->c.a);
}

/* One metric into its history, and from it the date when its limit is reached. */
static int
forecast_metric(
    struct taking *t, struct item *it, const struct metric *m, const char *fp, struct err *e)
{
	struct store *store = t->c.on->world->store;
	struct sample now = { t->r->taken, m->value, m->bound }, *s;
	struct deadline when;
	size_t n;

	if (store_sample_put(store, fp, m->name, &now, e) < 0 ||
	    store_samples(store, fp, m->name, FORECAST_SAMPLES, t->c.a, &s, &n, e) < 0)
		return -1;
	if (it->state == ITEM_UNKNOWN ||
	    !trend_forecast(s, n, m, trend_terms_for(m), t->c.now, &when))
		return 0;
	if (it->deadline.kind == DEADLINE_NONE ||
	    (it->deadline.kind == DEADLINE_FORECAST && when.at < it->deadline.at))
		it->deadline = when;
	return 0;
}

static int
forecast(struct taking *t, struct item *it, struct err *e)
{
	const char *fp = fingerprint(t, it->target, it->rule);

	for (size_t i = 0; i < it->nmetrics; i++)
		if (has_limit(&it->metrics[i]) &&
		    forecast_metric(t, it, &it->metrics[i], fp, e) < 0)
			return -1;
	return 0;
}

/* What a run says of one fingerprint. */
struct sighting {
	const char *target, *rule_name;
	const struct rule *rule; /* NULL: of the check's own run */
	const struct item *item; /* NULL: it was not found, or the run itself is meant */
	enum level level;
	const struct standing *parent; /* what it hangs on, or NULL */
};

static int
tell_news(struct taking *t, const struct sighting *s, const struct outcome *told,
    struct store_standing *row, struct err *e)
{
	struct alert_news news = { .check = t->c.check,
		.item = s->item,
		.rule = s->rule,
		.told = *told,
		.taken = t->r->taken };

	if (context_suppressed(&t->c, &news.suppressed, e) < 0 ||
	    accepted_of(t->c.on, told, row, t->c.a, &news.accepted, e) < 0)
		return -1;
	return teller_alert(t->c.on, row, &news, t->c.a, e);
}

/* Of what was never looked at before: what is fine or can wait is for the digest. What cannot is an
 * alert like any other, and act and stop need no second look, since no better one is known. */
static bool
see_first(struct taking *t, struct standing *st, const struct policy_seen *seen,
    struct policy_terms terms, const struct policy_now *now, struct outcome *told)
{
	if (seen->level <= LEVEL_PLAN) {
		policy_first_run(st, seen, t->c.now);
		return false;
	}
	if (seen->level >= LEVEL_ACT)
		terms.confirm = 1;
	return policy_see(st, seen, &terms, now, told);
}

/* Holds what was seen against what was told before; *after, if not NULL, is how it stands then. */
static int
judge_item_against_told(
    struct taking *t, const struct sighting *s, struct standing *after, struct err *e)
{
	const char *fp = fingerprint(t, s->target, s->rule_name);
	const struct item *it = s->item;
	struct policy_seen seen = { .level = s->level,
		.dated =
		    it != NULL && it->deadline.kind != DEADLINE_NONE && it->state != ITEM_FOUND,
		.taken = t->r->taken,
		.valid_until = t->r->valid_until };
	struct policy_terms terms = context_terms(&t->c, s->rule);
	const struct standing *parent = s->parent;
	struct store_standing row;
	struct standing before, clock;
	struct policy_now now;
	struct outcome told;
	bool news;

	if (context_row(&t->c, fp, s->target, s->rule_name, &row, e) < 0)
		return -1;
	before = row.st;
	/* a person's word needs no second look */
	if (it == NULL && s->level == LEVEL_OK &&
	    accepted_by(t->c.on, &row, t->r->taken, t->c.a, &terms.steady, e) < 0)
		return -1;
	if (terms.steady)
		terms.confirm = 1;
	if (context_clock(&t->c, s->rule, s->level, row.st.held, &parent, &clock, e) < 0)
		return -1;
	context_now(&t->c, fp, parent, &now);
	/* a run that failed, the first of a check, was looked at itself: it is over, or it goes on
	 */
	news = t->first && row.st.held_since == INSTANT_NONE
		   ? see_first(t, &row.st, &seen, terms, &now, &told)
		   : policy_see(&row.st, &seen, &terms, &now, &told);
	if (news && tell_news(t, s, &told, &row, e) < 0)
		return -1;
	if (!row.st.acked)
		row.acked_by = row.note = "";
	if (context_wait(&t->c, &row.st) < t->waits)
		t->waits = context_wait(&t->c, &row.st);
	if (after != NULL)
		*after = row.st;
	if (record_change(t->c.on, fp, &before, &row.st, e) < 0)
		return -1;
	return store_standing_put(t->c.on->world->store, &row, e);
}

/* ---- what this run did not speak of any more */

struct row_not_seen {
	const char *fingerprint, *target, *rule;
	struct row_not_seen *next;
};

struct rows_not_seen {
	struct taking *t;
	struct row_not_seen *list;
};

/* The thing itself could not be looked at in this run: what was found of it before is not over. */
static bool
is_unlooked(const struct result *r, const char *target)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (r->items[i].state == ITEM_UNKNOWN && strcmp(r->items[i].target, target) == 0)
			return true;
	return false;
}

static void
gather_not_seen(void *self, const struct store_standing *row)
{
	struct rows_not_seen *o = self;
	struct arena *a = o->t->c.a;
	struct row_not_seen *more;

	if (row_is_run(row) || result_item(o->t->r, row->target, row->rule) != NULL ||
	    is_unlooked(o->t->r, row->target))
		return;
	more = arena_alloc(a, sizeof(*more));
	*more = (struct row_not_seen){ arena_text(a, row->fingerprint), arena_text(a, row->target),
		arena_text(a, row->rule), o->list };
	o->list = more;
}

/* A dated or measured thing that is not there any more is no longer watched. */
static int
retire_not_seen(struct taking *t, const struct row_not_seen *o, const struct rule *rule,
    const struct standing *run, struct err *e)
{
	struct alert_news news = { .check = t->c.check, .rule = rule, .taken = t->r->taken };
	struct store_standing row;
	struct policy_now now;

	if (context_row(&t->c, o->fingerprint, o->target, o->rule, &row, e) < 0)
		return -1;
	context_now(&t->c, o->fingerprint, run, &now);
	if (!policy_retire(&row.st, &now, &news.told))
		return 0;
	return teller_alert(t->c.on, &row, &news, t->c.a, e);
}

/* Something that was only ever found (a cut log) is over when it is not found, and its row stays
 * until that is told. */
static int
settle_not_seen(
    struct taking *t, const struct row_not_seen *o, const struct standing *run, struct err *e)
{
	const struct rule *rule = rule_find(t->rules, o->rule);
	const struct sighting gone = { o->target, o->rule, rule, NULL, LEVEL_OK, run };
	struct standing after;

	if (rule != NULL && rule->by == BY_FINDING) {
		if (judge_item_against_told(t, &gone, &after, e) < 0)
			return -1;
		if (after.open || after.held != LEVEL_OK)
			return 0;
	} else if (retire_not_seen(t, o, rule, run, e) < 0 ||
		   record_gone(t->c.on, o->fingerprint, e) < 0) {
		return -1;
	}
	return store_standing_drop(t->c.on->world->store, o->fingerprint, e);
}

static int
settle_all_not_seen(struct taking *t, const struct standing *run, struct err *e)
{
	struct rows_not_seen rows = { t, NULL };

	if (store_standings(t->c.on->world->store, t->c.check->id, gather_not_seen, &rows, e) < 0)
		return -1;
	for (struct row_not_seen *o = rows.list; o != NULL; o = o->next)
		if (settle_not_seen(t, o, run, e) < 0)
			return -1;
	return 0;
}

/* ---- one transaction */

static void
count_things(void *self, const struct store_standing *row)
{
	size_t *n = self;

	*n += strcmp(row->rule, RUN_RULE_NAME) != 0;
}

/* The run itself: it gave a result, or it failed and says why in its one item. */
static int
judge_run(struct taking *t, bool failed, const struct worst_standing *above, struct standing *run,
    struct err *e)
{
	const struct sighting s = { RUN_TARGET, RUN_RULE_NAME, NULL,
		failed ? &t->r->items[0] : NULL, failed ? LEVEL_UNKNOWN : LEVEL_OK,
		above->any ? &above->st : NULL };

	return judge_item_against_told(t, &s, run, e);
}

static int
judge_items(struct taking *t, const struct standing *parent, struct err *e)
{
	for (size_t i = 0; i < t->r->nitems; i++) {
		const struct item *it = &t->r->items[i];
		const struct sighting s = { it->target, it->rule, rule_find(t->rules, it->rule), it,
			it->verdict.level, parent };

		if (judge_item_against_told(t, &s, NULL, e) < 0)
			return -1;
	}
	return 0;
}

static int
judge_all(struct taking *t, bool failed, struct err *e)
{
	struct worst_standing above;
	struct standing run;

	if (context_above(&t->c, &above, e) < 0 || judge_run(t, failed, &above, &run, e) < 0)
		return -1;
	if (failed)
		return 0;
	if (judge_items(t, above.any && above.st.held != LEVEL_OK ? &above.st : &run, e) < 0)
		return -1;
	return t->first ? 0 : settle_all_not_seen(t, &run, e);
}

static int
record_look(struct taking *t, bool failed, struct err *e)
{
	const char *fp = fingerprint(t, RUN_TARGET, RUN_RULE_NAME);
	struct store_standing run;

	if (context_row(&t->c, fp, RUN_TARGET, RUN_RULE_NAME, &run, e) < 0 ||
	    record_run(t->c.on, fp, &run.st, t->r->taken, e) < 0)
		return -1;
	return failed ? 0 : record_dates(t->c.on, t->c.check, t->r, t->c.a, e);
}

static int
write_taking(void *self, struct err *e)
{
	struct taking *t = self;
	struct store *s = t->c.on->world->store;
	const struct check_conf *k = t->c.check;
	struct judge_terms terms = results_terms(t->c.on, k);
	bool failed = t->r->nitems == 1 && rule_is_run(t->r->items[0].rule);
	size_t things = 0;

	t->waits = SPAN_MAX;
	if (store_standings(s, k->id, count_things, &things, e) < 0)
		return -1;
	t->first = things == 0 && !failed;
	if (context_read_pauses(&t->c, e) < 0)
		return -1;
	for (size_t i = 0; i < t->r->nitems; i++)
		if (forecast(t, &t->r->items[i], e) < 0)
			return -1;
	judge_result(t->r, t->rules, &terms, t->c.now);
	if (!failed && accepted_settle(t->c.on, k, t->r, t->c.a, e) < 0)
		return -1;
	if (record_look(t, failed, e) < 0 || judge_all(t, failed, e) < 0)
		return -1;
	if (!failed && accepted_keep(t->c.on, k, t->r, t->c.a, e) < 0)
		return -1;
	return results_put(s, k, t->r, e);
}

int
take_result(const struct ground *on, struct digest *first, struct result *r,
    const struct check_conf *k, span *waits)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct taking t = {
		.c = context_of(on, k, a), .rules = probe_find(k->probe)->rules, .r = r
	};
	int rc;

	if (r->taken > t.c.now) /* the clock was set back while it ran */
		r->taken = t.c.now;
	hostclock_keep(on->hostclock, r);
	context_look_for_instrument(&t.c);
	rc = ledger_write(on->ledger, write_taking, &t);
	*waits = rc == 0 ? t.waits : SPAN_MAX;
	if (rc == 0)
		digest_had(first, k);
	arena_free(a);
	return rc;
}
