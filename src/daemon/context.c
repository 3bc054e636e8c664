/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what the policy is asked with: silences, exceptions, parents of one fingerprint.
 */
#include "daemon/context.h"

#include "daemon/results.h"
#include "probes/specs.h"
#include "watch/quiet.h"

#include <fnmatch.h>
#include <string.h>

struct context
context_of(const struct ground *on, const struct check_conf *check, struct arena *a)
{
	return (struct context){ .on = on, .check = check, .a = a, .now = world_now(on->world) };
}

int
context_read_pauses(struct context *c, struct err *e)
{
	struct store *s = c->on->world->store;

	if (store_silences(s, c->a, &c->silences, &c->nsilences, e) < 0)
		return -1;
	return store_exceptions(s, c->a, &c->exceptions, &c->nexceptions, e);
}

void
context_look_for_instrument(struct context *c)
{
	if (!quiet_now(&c->check->quiet_when_running))
		return;
	c->quiet = (struct silence){ .from = c->now,
		.until = instant_plus(c->now, c->check->every + c->check->timeout),
		.by = "forewarn",
		.reason = "an instrument measures" };
}

struct policy_terms
context_terms(const struct context *c, const struct rule *rule)
{
	const struct check_conf *k = c->check;
	struct policy_terms t =
	    policy_terms_of(rule != NULL ? rule->by : BY_FINDING, k->confirm, k->every, k->remind);

	/* a sink is called dead, or back, only after it was so for a while */
	t.steady = generation_is_builtin(k);
	return t;
}

/* The downtime as a silence, at the moment of c; false: it is not now, or not of this check. */
static bool
downtime_now(const struct context *c, const struct downtime_conf *d, struct silence *out)
{
	instant from = week_last(&d->begins, c->now);
	bool of_check = false;

	for (size_t i = 0; c->check != NULL && i < d->checks.n; i++)
		of_check = of_check || fnmatch(d->checks.v[i], c->check->id, 0) == 0;
	*out = (struct silence){ .from = from,
		.until = instant_plus(from, d->lasts),
		.by = "the configuration",
		.reason = d->reason };
	return of_check && from != INSTANT_NONE && c->now < out->until;
}

/* Since when the daemon has run and could keep what it measured. */
static instant
unbroken_since(const struct ground *on)
{
	instant clock = on->hostclock->unbroken_since, state = on->ledger->unbroken_since;

	return clock > state ? clock : state;
}

/* When the check that c->check hangs on was run last. */
static instant
cause_seen(struct context *c)
{
	struct store_standing row;
	bool there;

	if (c->cause_of == c->check)
		return c->cause_seen;
	c->cause_of = c->check;
	c->cause_seen = INSTANT_NONE;
	if (store_standing_get(c->on->world->store,
		generation_fingerprint(
		    c->on->generation, c->check->parent, RUN_TARGET, RUN_RULE_NAME, c->a),
		c->a, &row, &there, NULL) == 0 &&
	    there)
		c->cause_seen = row.st.taken;
	return c->cause_seen;
}

static const struct check_conf *
cause_of(const struct context *c)
{
	if (c->check == NULL || c->check->parent == NULL)
		return NULL;
	return conf_check(c->on->generation->conf, c->check->parent);
}

span
context_wait(const struct context *c, const struct standing *st)
{
	const struct check_conf *cause = cause_of(c);

	if (st->gate != GATE_ASKED || cause == NULL)
		return SPAN_MAX;
	return cause->timeout - instant_minus(c->now, st->held_since);
}

void
context_now(
    struct context *c, const char *fingerprint, const struct standing *parent, struct policy_now *n)
{
	const struct conf *conf = c->on->generation->conf;
	struct silence *silences =
	    arena_array(c->a, c->nsilences + conf->ndowntimes + 2, sizeof(*silences));
	struct policy_late *late = arena_array(c->a, WAYS_MAX, sizeof(*late));
	struct exception *approved = arena_array(c->a, c->nexceptions + 1, sizeof(*approved));
	size_t nsilences = 0, napproved = 0;

	for (size_t i = 0; i < c->nexceptions; i++)
		if (fnmatch(c->exceptions[i].pattern, fingerprint, 0) == 0)
			approved[napproved++] = c->exceptions[i].exception;
	for (size_t i = 0; i < c->nsilences; i++)
		if (fnmatch(c->silences[i].pattern, fingerprint, 0) == 0)
			silences[nsilences++] = c->silences[i].silence;
	for (size_t i = 0; i < conf->ndowntimes; i++)
		nsilences += downtime_now(c, &conf->downtimes[i], &silences[nsilences]);
	if (c->quiet.until != 0)
		silences[nsilences++] = c->quiet;
	*n = (struct policy_now){ .now = c->now,
		.unbroken_since = unbroken_since(c->on),
		.parent = parent,
		.silences = silences,
		.nsilences = nsilences,
		.exceptions = approved,
		.nexceptions = napproved,
		.cause_seen = cause_of(c) != NULL ? cause_seen(c) : INSTANT_NONE,
		.cause_wait = cause_of(c) != NULL ? cause_of(c)->timeout : 0,
		.late = late,
		.nlate = ways_late(c->on->ways, c->check, late) };
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		n->sinks[l] = ways_for(c->on->ways, c->check, (enum level)l);
}

int
context_row(struct context *c, const char *fingerprint, const char *target, const char *rule,
    struct store_standing *row, struct err *e)
{
	bool there;

	if (store_standing_get(c->on->world->store, fingerprint, c->a, row, &there, e) < 0)
		return -1;
	if (there)
		return 0;
	*row = (struct store_standing){ .fingerprint = fingerprint,
		.check = c->check->id,
		.target = target,
		.rule = rule,
		.title = "",
		.body = "",
		.acked_by = "",
		.note = "" };
	standing_init(&row->st);
	return 0;
}

static void
count_suppressed(void *self, const struct store_standing *row)
{
	uint64_t *n = self;

	*n += row->st.gate == GATE_PARENT && row->st.seen != LEVEL_OK;
}

int
context_suppressed(struct context *c, uint64_t *n, struct err *e)
{
	const struct conf *conf = c->on->generation->conf;

	*n = 0;
	for (size_t i = 0; i < conf->nchecks; i++) {
		const struct check_conf *k = &conf->checks[i];
		bool below = k->parent != NULL && strcmp(k->parent, c->check->id) == 0;

		if ((k == c->check || below) &&
		    store_standings(c->on->world->store, k->id, count_suppressed, n, e) < 0)
			return -1;
	}
	return 0;
}

static void
keep_worst(void *self, const struct store_standing *row)
{
	struct worst_standing *w = self;

	if (!w->any || row->st.held > w->st.held)
		w->st = row->st;
	w->any = true;
}

int
context_above(struct context *c, struct worst_standing *w, struct err *e)
{
	*w = (struct worst_standing){ 0 };
	if (c->check->parent == NULL)
		return 0;
	return store_standings(c->on->world->store, c->check->parent, keep_worst, w, e);
}

/* Dates that cannot be judged because the clock was set are told as that, once for all. */
int
context_clock(struct context *c, const struct rule *rule, enum level seen, enum level held,
    const struct standing **parent, struct standing *room, struct err *e)
{
	static const char target[] = "clock", name[] = "forewarn.clock";
	struct store_standing row;

	if (rule == NULL || !(rule->by & BY_DEADLINE) ||
	    (seen != LEVEL_UNKNOWN && held != LEVEL_UNKNOWN) ||
	    !hostclock_doubted(
		c->on->hostclock, c->on->world, (span)(c->check->confirm + 1) * c->check->every))
		return 0;
	if (context_row(c,
		generation_fingerprint(c->on->generation, BUILTIN_CHECK, target, name, c->a),
		target, name, &row, e) < 0)
		return -1;
	*room = row.st;
	*parent = room;
	return 0;
}

int
context_parent(struct context *c, const struct worst_standing *above,
    const struct standing **parent, struct standing *room, struct err *e)
{
	struct store_standing row;

	if (above->any && above->st.held != LEVEL_OK) {
		*parent = &above->st;
		return 0;
	}
	if (context_row(c,
		generation_fingerprint(
		    c->on->generation, c->check->id, RUN_TARGET, RUN_RULE_NAME, c->a),
		RUN_TARGET, RUN_RULE_NAME, &row, e) < 0)
		return -1;
	*room = row.st;
	*parent = room;
	return 0;
}

const struct item *
context_item(struct context *c, const char *target, const char *rule)
{
	struct result *r = arena_alloc(c->a, sizeof(*r));
	bool there;

	if (results_judged(c->on, c->check, c->a, r, &there, NULL) < 0 || !there)
		return NULL;
	return result_item(r, target, rule);
}
