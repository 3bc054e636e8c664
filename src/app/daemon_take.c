/* SPDX-License-Identifier: Apache-2.0
 *
 * From a result to what is told: history, forecast, judgement, standings and letters, written in
 * one transaction. When the write fails nothing has happened, and the next run sees it again.
 */
#include "app/daemon.h"

#include "judge/judge.h"
#include "judge/trend.h"
#include "model/wire.h"
#include "probes/specs.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

#define ARENA_MAX ((size_t)512 << 20)
#define FORECAST_SAMPLES 512
#define RUN_TARGET "run" /* of the standing of a check's own run */
#define TRIES 3          /* of a transaction, with room made between them */

struct taking {
	struct daemon *d;
	const struct check_conf *k;
	const struct rule *rules;
	struct result *r;
	struct arena *a;
	instant now;
	bool first; /* the check's very first result */
	struct store_silence *silences;
	size_t nsilences;
	struct silence quiet; /* while one of quiet_when_running runs; until 0: none */
	const char **named;   /* stop at the first run */
	size_t nnamed, cap_named;
};

static bool
is_run(const struct item *it)
{
	size_t n = strlen(it->rule);

	return n > 4 && strcmp(it->rule + n - 4, RUN_RULE) == 0;
}

static bool
has_limit(const struct metric *m)
{
	return (m->warn.set || m->crit.set) && !isnan(m->value);
}

/* History, and from it the date when a limit is reached. */
static int
forecast(struct taking *t, struct item *it, struct err *e)
{
	struct daemon *d = t->d;
	const char *fp = daemon_fingerprint(d, t->k->id, it->target, it->rule, t->a);

	for (size_t i = 0; i < it->nmetrics; i++) {
		const struct metric *m = &it->metrics[i];
		struct sample now = { t->r->taken, m->value, m->bound }, *s;
		struct deadline when;
		size_t n;

		if (!has_limit(m))
			continue;
		if (store_sample_put(d->store, fp, m->name, &now, e) < 0 ||
		    store_samples(d->store, fp, m->name, FORECAST_SAMPLES, t->a, &s, &n, e) < 0)
			return -1;
		if (it->state == ITEM_UNKNOWN ||
		    !trend_forecast(s, n, m, trend_terms_for(m), t->now, &when))
			continue;
		if (it->deadline.kind == DEADLINE_NONE ||
		    (it->deadline.kind == DEADLINE_FORECAST && when.at < it->deadline.at))
			it->deadline = when;
	}
	return 0;
}

static void
fill_now(struct taking *t, const char *fp, const struct standing *parent, struct policy_now *n)
{
	struct silence *list = arena_array(t->a, t->nsilences + 2, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < t->nsilences; i++)
		if (fnmatch(t->silences[i].pattern, fp, 0) == 0)
			list[count++] = t->silences[i].silence;
	if (t->quiet.until != 0)
		list[count++] = t->quiet;
	*n = (struct policy_now){ .now = t->now,
		.awake = t->d->awake,
		.parent = parent,
		.silences = list,
		.nsilences = count };
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		n->sinks[l] = daemon_sinks_for(t->d, (enum level)l);
}

/* The row of a fingerprint, made when it is new. */
static int
load_row(struct taking *t, const char *fp, const char *target, const char *rule,
    struct store_standing *row, struct err *e)
{
	bool there;

	if (store_standing_get(t->d->store, fp, t->a, row, &there, e) < 0)
		return -1;
	if (there)
		return 0;
	*row = (struct store_standing){ .fingerprint = fp,
		.check = t->k->id,
		.target = target,
		.rule = rule,
		.title = "",
		.body = "",
		.acked_by = "" };
	standing_init(&row->st);
	return 0;
}

struct count {
	const char *skip; /* a fingerprint */
	uint64_t n;
};

static void
count_suppressed(void *self, const struct store_standing *row)
{
	struct count *c = self;

	if (row->st.gate == GATE_PARENT && row->st.seen != LEVEL_OK)
		c->n++;
}

/* How many alerts are quiet because of this check, its own items and those of the checks below. */
static int
suppressed(struct taking *t, const struct check_conf *of, uint64_t *n, struct err *e)
{
	struct count c = { 0 };

	for (size_t i = 0; i < t->d->conf->nchecks; i++) {
		const struct check_conf *k = &t->d->conf->checks[i];

		if ((k == of || (k->parent != NULL && strcmp(k->parent, of->id) == 0)) &&
		    store_standings(t->d->store, k->id, count_suppressed, &c, e) < 0)
			return -1;
	}
	*n = c.n;
	return 0;
}

static int
see(struct taking *t, const char *target, const char *rule_name, const struct rule *rule,
    const struct item *it, enum level level, const struct standing *parent, struct standing *after,
    struct err *e)
{
	const char *fp = daemon_fingerprint(t->d, t->k->id, target, rule_name, t->a);
	struct policy_seen seen = { .level = level,
		.dated =
		    it != NULL && it->deadline.kind != DEADLINE_NONE && it->state != ITEM_FOUND,
		.taken = t->r->taken,
		.valid_until = t->r->valid_until };
	struct policy_terms terms = policy_terms_of(
	    rule != NULL ? rule->by : BY_FINDING, t->k->confirm, t->k->every, t->k->remind);
	struct letter_of of = { .check = t->k, .item = it, .rule = rule, .taken = t->r->taken };
	struct store_standing row;
	struct policy_now now;

	if (load_row(t, fp, target, rule_name, &row, e) < 0)
		return -1;
	fill_now(t, fp, parent, &now);
	if (t->first) {
		if (policy_first_run(&row.st, &seen, t->now)) {
			t->named =
			    arena_grow(t->a, t->named, t->nnamed, &t->cap_named, sizeof(*t->named));
			t->named[t->nnamed++] = t->k->title;
		}
	} else if (policy_see(&row.st, &seen, &terms, &now, &of.told)) {
		of.row = &row;
		if (suppressed(t, t->k, &of.suppressed, e) < 0 ||
		    daemon_tell(t->d, &row, &of, t->a, e) < 0)
			return -1;
	}
	if (!row.st.acked)
		row.acked_by = "";
	if (after != NULL)
		*after = row.st;
	return store_standing_put(t->d->store, &row, e);
}

/* The standing of a check's run, and the worst of its items: what hangs on it looks there. */
struct worst {
	struct standing st;
	bool any;
};

static void
keep_worst(void *self, const struct store_standing *row)
{
	struct worst *w = self;

	if (!w->any || row->st.held > w->st.held)
		w->st = row->st;
	w->any = true;
}

static int
parent_of(struct taking *t, struct worst *w, struct err *e)
{
	*w = (struct worst){ 0 };
	if (t->k->parent == NULL)
		return 0;
	return store_standings(t->d->store, t->k->parent, keep_worst, w, e);
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
	struct arena *a = o->t->a;
	struct old *old;

	if (strcmp(row->target, RUN_TARGET) == 0 && strcmp(row->rule, "run") == 0)
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

	if (store_standings(t->d->store, t->k->id, gather, &olds, e) < 0)
		return -1;
	for (struct old *o = olds.list; o != NULL; o = o->next) {
		const struct rule *rule = rule_find(t->rules, o->rule);
		struct store_standing row;
		struct standing after;
		struct letter_of of = { .check = t->k, .rule = rule, .taken = t->r->taken };
		struct policy_now now;

		if (rule != NULL && rule->by == BY_FINDING) {
			if (see(t, o->target, o->rule, rule, NULL, LEVEL_OK, run, &after, e) < 0)
				return -1;
			if (after.open || after.held != LEVEL_OK)
				continue;
		} else {
			if (load_row(t, o->fingerprint, o->target, o->rule, &row, e) < 0)
				return -1;
			fill_now(t, o->fingerprint, run, &now);
			if (policy_retire(&row.st, &now, &of.told) &&
			    daemon_tell(t->d, &row, &of, t->a, e) < 0)
				return -1;
		}
		if (store_standing_drop(t->d->store, o->fingerprint, e) < 0)
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
	rc = store_result_put(t->d->store, t->k->id, &sr, e);
	frame_fini(&f);
	str_fini(&all);
	return rc;
}

static int
write_all(struct taking *t, struct err *e)
{
	struct judge_terms terms = { t->k->lead, t->k->auto_renew };
	bool failed = t->r->nitems == 1 && is_run(&t->r->items[0]);
	struct standing run;
	struct worst up;
	struct store_result last;
	bool there;

	if (store_result_get(t->d->store, t->k->id, t->a, &last, &there, e) < 0)
		return -1;
	t->first = !there && !failed;
	if (store_silences(t->d->store, t->a, &t->silences, &t->nsilences, e) < 0)
		return -1;
	for (size_t i = 0; i < t->r->nitems; i++)
		if (forecast(t, &t->r->items[i], e) < 0)
			return -1;
	judge_result(t->r, t->rules, &terms, t->now);
	if (parent_of(t, &up, e) < 0 ||
	    see(t, RUN_TARGET, "run", NULL, failed ? &t->r->items[0] : NULL,
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
	if (t->nnamed > 0 && daemon_digest(t->d, t->named, t->nnamed, true, t->a, e) < 0)
		return -1;
	return failed && !there ? 0 : put_result(t, e);
}

int
daemon_write(struct daemon *d, int (*write)(void *self, struct err *e), void *self)
{
	struct err e = { 0 };

	for (int i = 0; i < TRIES; i++) {
		if (store_begin(d->store, &e) == 0) {
			if (write(self, &e) == 0 && store_commit(d->store, &e) == 0)
				return 0;
			store_rollback(d->store);
		}
		if (e.code == ERR_LIMIT)
			store_make_room(d->store, NULL);
		else if (store_reopen(d->store, NULL) < 0)
			break;
	}
	d->lost_writes++;
	daemon_log(3, "state could not be written: %s", e.msg);
	return -1;
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

void
daemon_take(struct daemon *d, struct result *r, const struct check_conf *k)
{
	struct taking t = { .d = d,
		.k = k,
		.rules = probe_find(k->probe)->rules,
		.r = r,
		.a = arena_new(ARENA_MAX),
		.now = d->clk->wall(d->clk) };

	if (r->taken > t.now) /* the clock was set back while it ran */
		r->taken = t.now;
	keep_clock(d, r);
	if (daemon_is_quiet(k))
		t.quiet = (struct silence){ .from = t.now,
			.until = instant_plus(t.now, k->every + k->timeout),
			.by = "forewarn",
			.reason = "an instrument measures" };
	daemon_write(d, write_taking, &t);
	arena_free(t.a);
}

struct ticking {
	struct daemon *d;
	struct arena *a;
	struct olds olds;
};

static void
gather_open(void *self, const struct store_standing *row)
{
	struct ticking *k = self;
	struct old *old;

	if (!row->st.open && row->st.gate == GATE_NONE && row->st.held == LEVEL_OK &&
	    row->st.valid_until > k->d->clk->wall(k->d->clk))
		return;
	old = arena_alloc(k->a, sizeof(*old));
	*old = (struct old){ arena_text(k->a, row->fingerprint), arena_text(k->a, row->check),
		arena_text(k->a, row->rule), k->olds.list };
	k->olds.list = old;
}

static int
tick_one(struct ticking *k, const struct old *o, struct err *e)
{
	struct daemon *d = k->d;
	const struct check_conf *c = conf_check(d->conf, o->target);
	struct taking t = { .d = d, .k = c, .a = k->a, .now = d->clk->wall(d->clk) };
	struct letter_of of = { .check = c };
	struct store_standing row;
	struct policy_now now;
	struct policy_terms terms;
	struct worst up;
	bool there, told;

	if (store_standing_get(d->store, o->fingerprint, k->a, &row, &there, e) < 0)
		return -1;
	if (!there)
		return 0;
	if (store_silences(d->store, k->a, &t.silences, &t.nsilences, e) < 0)
		return -1;
	of.row = &row;
	of.taken = row.st.taken;
	if (c == NULL) { /* it was taken out of the configuration */
		fill_now(&t, o->fingerprint, NULL, &now);
		if (policy_retire(&row.st, &now, &of.told) &&
		    daemon_tell(d, &row, &of, k->a, e) < 0)
			return -1;
		return store_standing_drop(d->store, o->fingerprint, e);
	}
	of.rule = rule_find(probe_find(c->probe)->rules, o->rule);
	terms = policy_terms_of(
	    of.rule != NULL ? of.rule->by : BY_FINDING, c->confirm, c->every, c->remind);
	if (parent_of(&t, &up, e) < 0)
		return -1;
	fill_now(&t, o->fingerprint, up.any ? &up.st : NULL, &now);
	told = policy_tick(&row.st, &terms, &now, &of.told);
	if (told &&
	    (suppressed(&t, c, &of.suppressed, e) < 0 || daemon_tell(d, &row, &of, k->a, e) < 0))
		return -1;
	return store_standing_put(d->store, &row, e);
}

static int
write_ticks(void *self, struct err *e)
{
	struct ticking *k = self;

	k->olds.list = NULL;
	if (store_standings(k->d->store, NULL, gather_open, k, e) < 0)
		return -1;
	for (struct old *o = k->olds.list; o != NULL; o = o->next)
		if (tick_one(k, o, e) < 0)
			return -1;
	return 0;
}

void
daemon_tick(struct daemon *d)
{
	struct ticking k = { .d = d, .a = arena_new(ARENA_MAX) };

	daemon_write(d, write_ticks, &k);
	store_keep_ballast(d->store);
	arena_free(k.a);
}
