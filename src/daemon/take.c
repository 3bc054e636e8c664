/* SPDX-License-Identifier: Apache-2.0
 *
 * From a result to what is told: history, forecast, judgement, standings and letters, written in
 * one transaction. When the write fails nothing has happened, and the next run sees it again.
 */
#include "daemon/context.h"

#include "judge/judge.h"
#include "judge/trend.h"
#include "model/wire.h"
#include "probes/specs.h"
#include "watch/quiet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)
#define FORECAST_SAMPLES 512

struct taking {
	struct join j;
	const struct rule *rules;
	struct result *r;
	bool first;         /* the check's very first result */
	const char **named; /* stop at the first run */
	size_t nnamed, cap_named;
};

static bool
has_limit(const struct metric *m)
{
	return (m->warn.set || m->crit.set) && !isnan(m->value);
}

/* History, and from it the date when a limit is reached. */
static int
forecast(struct taking *t, struct item *it, struct err *e)
{
	struct daemon *d = t->j.d;
	const char *fp = daemon_fingerprint(d, t->j.k->id, it->target, it->rule, t->j.a);

	for (size_t i = 0; i < it->nmetrics; i++) {
		const struct metric *m = &it->metrics[i];
		struct sample now = { t->r->taken, m->value, m->bound }, *s;
		struct deadline when;
		size_t n;

		if (!has_limit(m))
			continue;
		if (store_sample_put(d->store, fp, m->name, &now, e) < 0 ||
		    store_samples(d->store, fp, m->name, FORECAST_SAMPLES, t->j.a, &s, &n, e) < 0)
			return -1;
		if (it->state == ITEM_UNKNOWN ||
		    !trend_forecast(s, n, m, trend_terms_for(m), t->j.now, &when))
			continue;
		if (it->deadline.kind == DEADLINE_NONE ||
		    (it->deadline.kind == DEADLINE_FORECAST && when.at < it->deadline.at))
			it->deadline = when;
	}
	return 0;
}

static int
see(struct taking *t, const char *target, const char *rule_name, const struct rule *rule,
    const struct item *it, enum level level, const struct standing *parent, struct standing *after,
    struct err *e)
{
	const char *fp = daemon_fingerprint(t->j.d, t->j.k->id, target, rule_name, t->j.a);
	struct policy_seen seen = { .level = level,
		.dated =
		    it != NULL && it->deadline.kind != DEADLINE_NONE && it->state != ITEM_FOUND,
		.taken = t->r->taken,
		.valid_until = t->r->valid_until };
	struct policy_terms terms = policy_terms_of(
	    rule != NULL ? rule->by : BY_FINDING, t->j.k->confirm, t->j.k->every, t->j.k->remind);
	struct letter_of of = { .check = t->j.k, .item = it, .rule = rule, .taken = t->r->taken };
	struct store_standing row;
	struct policy_now now;

	if (join_row(&t->j, fp, target, rule_name, &row, e) < 0)
		return -1;
	join_now(&t->j, fp, parent, &now);
	if (t->first) {
		if (policy_first_run(&row.st, &seen, t->j.now)) {
			t->named = arena_grow(
			    t->j.a, t->named, t->nnamed, &t->cap_named, sizeof(*t->named));
			t->named[t->nnamed++] = t->j.k->title;
		}
	} else if (policy_see(&row.st, &seen, &terms, &now, &of.told)) {
		of.row = &row;
		if (join_suppressed(&t->j, t->j.k, &of.suppressed, e) < 0 ||
		    daemon_tell(t->j.d, &row, &of, t->j.a, e) < 0)
			return -1;
	}
	if (!row.st.acked)
		row.acked_by = "";
	if (after != NULL)
		*after = row.st;
	return store_standing_put(t->j.d->store, &row, e);
}

struct old {
	const char *fingerprint, *target, *rule;
	struct old *next;
};

struct olds {
	struct taking *t;
	struct old *list;
};

static void
gather(void *self, const struct store_standing *row)
{
	struct olds *o = self;
	struct arena *a = o->t->j.a;
	struct old *old;

	if (strcmp(row->target, JOIN_RUN_TARGET) == 0 && strcmp(row->rule, JOIN_RUN_RULE) == 0)
		return;
	for (size_t i = 0; i < o->t->r->nitems; i++)
		if (strcmp(o->t->r->items[i].target, row->target) == 0 &&
		    strcmp(o->t->r->items[i].rule, row->rule) == 0)
			return;
	old = arena_alloc(a, sizeof(*old));
	*old = (struct old){ arena_text(a, row->fingerprint), arena_text(a, row->target),
		arena_text(a, row->rule), o->list };
	o->list = old;
}

/* What this run did not speak of any more. Something that was only ever found (a cut log) is over
 * when it is not found; a dated or measured thing is no longer watched. */
static int
settle_gone(struct taking *t, const struct standing *run, struct err *e)
{
	struct olds olds = { t, NULL };

	if (store_standings(t->j.d->store, t->j.k->id, gather, &olds, e) < 0)
		return -1;
	for (struct old *o = olds.list; o != NULL; o = o->next) {
		const struct rule *rule = rule_find(t->rules, o->rule);
		struct store_standing row;
		struct standing after;
		struct letter_of of = { .check = t->j.k, .rule = rule, .taken = t->r->taken };
		struct policy_now now;

		if (rule != NULL && rule->by == BY_FINDING) {
			if (see(t, o->target, o->rule, rule, NULL, LEVEL_OK, run, &after, e) < 0)
				return -1;
			if (after.open || after.held != LEVEL_OK)
				continue;
		} else {
			if (join_row(&t->j, o->fingerprint, o->target, o->rule, &row, e) < 0)
				return -1;
			join_now(&t->j, o->fingerprint, run, &now);
			if (policy_retire(&row.st, &now, &of.told) &&
			    daemon_tell(t->j.d, &row, &of, t->j.a, e) < 0)
				return -1;
		}
		if (store_standing_drop(t->j.d->store, o->fingerprint, e) < 0)
			return -1;
	}
	return 0;
}

static int
put_result(struct taking *t, struct err *e)
{
	struct store_result sr = {
		.taken = t->r->taken, .valid_until = t->r->valid_until, .took = t->r->took
	};
	struct frame f;
	struct str all;
	int rc;

	str_init(&all, RUN_BYTES_MAX);
	frame_init(&f, 0);
	for (size_t i = 0; i <= t->r->nitems; i++) {
		uint8_t header[FRAME_HEADER];

		if (i < t->r->nitems)
			wire_put_item(&f, &t->r->items[i]);
		else
			wire_put_end(
			    &f, &(struct wire_end){ (uint32_t)t->r->nitems, t->r->host_clock });
		frame_header(&f, header);
		str_addn(&all, (const char *)header, FRAME_HEADER);
		str_addn(&all, (const char *)f.data, f.len);
	}
	sr.frames = all.s;
	sr.len = all.len;
	rc = store_result_put(t->j.d->store, t->j.k->id, &sr, e);
	frame_fini(&f);
	str_fini(&all);
	return rc;
}

static void
count_things(void *self, const struct store_standing *row)
{
	size_t *n = self;

	*n += strcmp(row->rule, JOIN_RUN_RULE) != 0;
}

static int
write_all(struct taking *t, struct err *e)
{
	struct judge_terms terms = { t->j.k->lead, t->j.k->auto_renew };
	bool failed = t->r->nitems == 1 && rule_is_run(t->r->items[0].rule);
	struct standing run;
	struct worst up;
	size_t things = 0;

	if (store_standings(t->j.d->store, t->j.k->id, count_things, &things, e) < 0)
		return -1;
	t->first = things == 0 && !failed;
	if (join_said(&t->j, e) < 0)
		return -1;
	for (size_t i = 0; i < t->r->nitems; i++)
		if (forecast(t, &t->r->items[i], e) < 0)
			return -1;
	judge_result(t->r, t->rules, &terms, t->j.now);
	if (join_above(&t->j, &up, e) < 0 ||
	    see(t, JOIN_RUN_TARGET, JOIN_RUN_RULE, NULL, failed ? &t->r->items[0] : NULL,
		failed ? LEVEL_UNKNOWN : LEVEL_OK, up.any ? &up.st : NULL, &run, e) < 0)
		return -1;
	for (size_t i = 0; !failed && i < t->r->nitems; i++) {
		struct item *it = &t->r->items[i];

		if (see(t, it->target, it->rule, rule_find(t->rules, it->rule), it,
			it->verdict.level, up.any && up.st.held != LEVEL_OK ? &up.st : &run, NULL,
			e) < 0)
			return -1;
	}
	if (!failed && !t->first && settle_gone(t, &run, e) < 0)
		return -1;
	if (t->nnamed > 0 && !t->j.d->inventory &&
	    daemon_digest(t->j.d, t->named, t->nnamed, true, t->j.a, e) < 0)
		return -1;
	return put_result(t, e);
}

static int
write_taking(void *self, struct err *e)
{
	struct taking *t = self;

	t->nnamed = 0;
	return write_all(t, e);
}

static void
keep_clock(struct daemon *d, const struct result *r)
{
	if (!r->host_clock.measured)
		return;
	d->clock = r->host_clock;
	d->clock_at = r->taken;
}

/* What is stop at the first run of a new machine, until its digest is written. */
static void
gather_inventory(struct daemon *d, const struct taking *t)
{
	char **more;

	d->had_first[t->j.k - d->conf->checks] = true;
	if (!d->inventory || t->nnamed == 0)
		return;
	more = realloc(d->named, (d->nnamed + 1) * sizeof(*more));
	if (more == NULL)
		return;
	d->named = more;
	d->named[d->nnamed] = strdup(t->j.k->title);
	d->nnamed += d->named[d->nnamed] != NULL;
}

void
daemon_take(struct daemon *d, struct result *r, const struct check_conf *k)
{
	struct taking t = {
		.j = { .d = d, .k = k, .a = arena_new(ARENA_MAX), .now = d->clk->wall(d->clk) },
		.rules = probe_find(k->probe)->rules,
		.r = r
	};

	if (r->taken > t.j.now) /* the clock was set back while it ran */
		r->taken = t.j.now;
	keep_clock(d, r);
	if (quiet_now(&k->quiet_when_running))
		t.j.quiet = join_quiet(&t.j);
	if (daemon_write(d, write_taking, &t) == 0)
		gather_inventory(d, &t);
	arena_free(t.j.a);
}
