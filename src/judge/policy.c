/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the life of an alert: raised, worse, quiet, taken, over.
 */
#include "judge/policy.h"

#include "judge/confirm.h"
#include "judge/gate.h"

enum step { NOTHING, RAISE, WORSEN, EASE, LOSE, CLEAR };

/* Rows: what people were last told. Columns: what is confirmed. That an act or stop cannot be
 * checked any more neither ends nor eases it: it stays open, and is told to be out of sight. */
/* clang-format off */
static const enum step steps[LEVEL_N][LEVEL_N] = {
	/*                    OK       PLAN     UNKNOWN  ACT      STOP    */
	[LEVEL_OK]      = { NOTHING, RAISE,   RAISE,   RAISE,   RAISE   },
	[LEVEL_PLAN]    = { CLEAR,   NOTHING, WORSEN,  WORSEN,  WORSEN  },
	[LEVEL_UNKNOWN] = { CLEAR,   EASE,    NOTHING, WORSEN,  WORSEN  },
	[LEVEL_ACT]     = { CLEAR,   EASE,    LOSE,    NOTHING, WORSEN  },
	[LEVEL_STOP]    = { CLEAR,   EASE,    LOSE,    EASE,    NOTHING },
};
/* clang-format on */

/* What one call works with. */
struct turn_of_events {
	struct standing *st;
	const struct policy_terms *terms;
	const struct policy_now *n;
	bool ticked, settled;
	enum gate was; /* the gate at the last call */
	struct outcome *out;
};

/* After its cause is over, what hung on it has the time of one result to be measured again. */
static bool
parent_just_back(const struct turn_of_events *v)
{
	const struct standing *p = v->n->parent;

	return v->ticked && v->was == GATE_PARENT && p != NULL && p->gate != GATE_EXCEPTED &&
	       p->held_since != INSTANT_NONE && v->st->taken <= p->held_since &&
	       instant_minus(v->n->now, p->held_since) < v->st->fresh_for;
}

static enum gate
gate_for(const struct turn_of_events *v, enum level level)
{
	if (level == LEVEL_OK)
		return GATE_NONE;
	if (gate_exception(v->n, level) != NULL)
		return GATE_EXCEPTED;
	if (gate_parent_hides(v->n->parent, level) || parent_just_back(v))
		return GATE_PARENT;
	if (gate_silenced(v->n, level))
		return GATE_SILENCED;
	if (!v->st->open && level <= v->st->inventory)
		return GATE_INVENTORY;
	return gate_waits_for_cause(v->n, v->st, level) ? GATE_ASKED : GATE_NONE;
}

static bool
ack_over(const struct turn_of_events *v)
{
	const struct standing *st = v->st;

	return st->acked && st->ack_until != INSTANT_NONE && st->ack_until <= v->n->now;
}

static void
drop_ack(struct standing *st)
{
	st->acked = false;
	st->ack_until = INSTANT_NONE;
}

/* Those of the late ones that want that level. */
static uint64_t
late_sinks(const struct turn_of_events *v, enum level level)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < v->n->nlate; i++)
		if (v->n->late[i].levels >> level & 1 &&
		    instant_minus(v->n->now, v->st->opened) >= v->n->late[i].after)
			bits |= v->n->late[i].sink;
	return bits;
}

static bool
tell(struct turn_of_events *v, enum event_kind kind, enum policy_why why, enum level level)
{
	struct standing *st = v->st;
	bool widens = kind == EVENT_RAISED || kind == EVENT_ESCALATED || kind == EVENT_REMINDER;

	*v->out = (struct outcome){ .kind = kind,
		.why = why,
		.level = level,
		.previous = st->told,
		.alert = st->alert,
		.since = st->opened };
	v->out->sinks = st->told_to | (widens ? v->n->sinks[level] : 0);
	if (kind == EVENT_REMINDER) /* a digest's reader is not reminded of an act */
		v->out->sinks = v->n->sinks[level] | (st->told_to & late_sinks(v, level));
	st->told_to |= v->out->sinks;
	st->told = level;
	st->worst = level_worst(st->worst, level);
	st->told_at = v->n->now;
	/* whatever is told then says that it is still so */
	if (ack_over(v))
		drop_ack(st);
	return true;
}

static bool
raise_alert(struct turn_of_events *v, enum policy_why why, enum level level)
{
	v->st->open = true;
	v->st->alert++;
	v->st->opened = v->n->now;
	v->st->inventory = LEVEL_OK;
	return tell(v, EVENT_RAISED, why, level);
}

static bool
end_alert(struct turn_of_events *v, enum policy_why why)
{
	struct standing *st = v->st;

	tell(v, EVENT_RESOLVED, why, LEVEL_OK);
	st->open = st->lost = false;
	drop_ack(st);
	st->told = st->worst = LEVEL_OK;
	st->told_to = 0;
	return true;
}

/* Approved to be bad until a day: no longer open, and not over. Its number and what was told stay,
 * so that what follows is about the same alert. */
static bool
except_alert(struct turn_of_events *v, enum level level)
{
	struct standing *st = v->st;
	const struct exception *x = gate_exception(v->n, level);

	tell(v, EVENT_EXCEPTED, WHY_EXCEPTED, level);
	v->out->until = x->until;
	st->open = st->lost = false;
	drop_ack(st);
	return true;
}

static bool
is_excepted(const struct standing *st)
{
	return !st->open && st->told != LEVEL_OK;
}

/* While the exception holds nothing is told. At its end, or when it is worse than was approved, the
 * same alert is raised again, or ends when it was mended meanwhile. */
static bool
after_exception(struct turn_of_events *v)
{
	struct standing *st = v->st;
	/* of what comes and goes its worse side counts */
	enum level level = st->flapping ? level_worst(st->held, st->seen) : st->held;
	bool holds = gate_exception(v->n, level) != NULL;

	st->gate = level == LEVEL_OK ? GATE_NONE : holds ? GATE_EXCEPTED : gate_for(v, level);
	if (holds || st->gate != GATE_NONE)
		return false;
	st->open = true;
	if (level == LEVEL_OK)
		return end_alert(v, WHY_RECOVERED);
	st->worst = LEVEL_OK;
	return tell(v, EVENT_RAISED,
	    gate_exception(v->n, LEVEL_OK) != NULL ? WHY_ROSE : WHY_EXCEPTION_ENDED, level);
}

static bool
rise(struct turn_of_events *v, enum policy_why why)
{
	drop_ack(v->st);
	v->st->lost = false;
	return tell(v, EVENT_ESCALATED, why, v->st->held);
}

static bool
lose(struct turn_of_events *v)
{
	v->st->lost = true;
	return tell(v, EVENT_REMINDER, v->st->stale ? WHY_STALE : WHY_LOST, v->st->told);
}

static enum policy_why
why_raised(const struct turn_of_events *v)
{
	static const enum policy_why ended[GATE_N] = {
		[GATE_SILENCED] = WHY_SILENCE_ENDED,
		[GATE_PARENT] = WHY_PARENT_BACK,
		[GATE_EXCEPTED] = WHY_EXCEPTION_ENDED,
	};

	if (v->was == GATE_SILENCED || v->was == GATE_PARENT || v->was == GATE_EXCEPTED)
		return ended[v->was];
	if (v->settled)
		return WHY_SETTLED;
	return v->st->stale ? WHY_STALE : WHY_CONFIRMED;
}

static enum policy_why
why_worse(const struct turn_of_events *v)
{
	if (v->st->stale)
		return WHY_STALE;
	return v->st->dated ? WHY_STEP : WHY_ROSE;
}

static bool
told_within(const struct turn_of_events *v, span d)
{
	return instant_minus(v->n->now, v->st->told_at) < d;
}

/* Nobody has taken it: the next one is told that it was raised. To the others it is no news. */
static bool
tell_late(struct turn_of_events *v, uint64_t sinks)
{
	struct standing *st = v->st;
	instant told_at = st->told_at;
	uint64_t told_to = st->told_to;

	tell(v, EVENT_RAISED, WHY_UNTAKEN, st->told);
	v->out->sinks = sinks;
	st->told_to = told_to | sinks;
	st->told_at = told_at;
	return true;
}

/* An open alert that is as it was told. */
static bool
still(struct turn_of_events *v)
{
	struct standing *st = v->st;
	span remind = v->terms->remind;
	uint64_t late = late_sinks(v, st->told) & ~st->told_to;

	if (v->was == GATE_SILENCED && !st->acked)
		return tell(v, EVENT_REMINDER, WHY_SILENCE_ENDED, st->told);
	if (ack_over(v))
		return tell(v, EVENT_REMINDER, WHY_ACK_ENDED, st->told);
	if (!st->acked && late != 0)
		return tell_late(v, late);
	if (st->acked || remind <= 0 || st->told < LEVEL_UNKNOWN || told_within(v, remind) ||
	    (st->dated && told_within(v, POLICY_DATED_EVERY)))
		return false;
	return tell(v, EVENT_REMINDER, st->flapping ? WHY_FLAPPING : WHY_REMIND, st->told);
}

/* While it comes and goes only its start, a rise and reminders are told. */
static bool
comes_and_goes(struct turn_of_events *v)
{
	struct standing *st = v->st;
	enum level level = level_worst(st->held, st->seen);

	st->gate = gate_for(v, level_worst(level, st->told));
	if (st->gate == GATE_EXCEPTED && st->open)
		return except_alert(v, level_worst(level, st->told));
	if (st->gate != GATE_NONE || level == LEVEL_OK)
		return false;
	if (!st->open)
		return raise_alert(v, WHY_FLAPPING, level);
	if (st->held > st->told)
		return rise(v, WHY_ROSE);
	return still(v);
}

/* More than one notice a day about a date is noise, unless it is worse than all before. */
static bool
waits(const struct turn_of_events *v, enum step step)
{
	const struct standing *st = v->st;

	if (!st->dated || !told_within(v, POLICY_DATED_EVERY))
		return false;
	return step == EASE || (step == WORSEN && st->held <= st->worst);
}

static bool
settle(struct turn_of_events *v)
{
	struct standing *st = v->st;
	enum step step = steps[st->told][st->held];

	if (is_excepted(st))
		return after_exception(v);
	if (st->flapping)
		return comes_and_goes(v);
	st->gate = gate_for(v, st->held);
	if (st->gate == GATE_EXCEPTED && st->open)
		return except_alert(v, st->held);
	if (step == CLEAR)
		return end_alert(v, v->settled ? WHY_SETTLED : WHY_RECOVERED);
	/* a gate may have opened on what is just recovering: the newest run decides */
	if (st->gate != GATE_NONE || waits(v, step) || (step == RAISE && st->seen == LEVEL_OK))
		return false;
	switch (step) {
	case RAISE:
		return raise_alert(v, why_raised(v), st->held);
	case WORSEN:
		return rise(v, why_worse(v));
	case EASE:
		st->lost = false;
		return tell(v, EVENT_EASED, WHY_FELL, st->held);
	case LOSE:
		return st->lost ? still(v) : lose(v);
	default:
		st->lost = st->lost && st->held != st->told;
		return st->open && still(v);
	}
}

bool
policy_see(struct standing *st, const struct policy_seen *seen, const struct policy_terms *t,
    const struct policy_now *n, struct outcome *out)
{
	struct turn_of_events v = { st, t, n, false, false, st->gate, out };

	confirm_clock(st, n->now);
	if (seen->taken > st->taken)
		v.settled = confirm_seen(st, seen, t, n->now);
	return settle(&v);
}

static bool
is_stale(const struct standing *st, const struct policy_now *n)
{
	return !st->stale && st->held_since != INSTANT_NONE && n->now > st->valid_until &&
	       instant_minus(n->now, n->unbroken_since) > st->fresh_for;
}

bool
policy_tick(struct standing *st, const struct policy_terms *t, const struct policy_now *n,
    struct outcome *out)
{
	struct turn_of_events v = { st, t, n, true, false, st->gate, out };

	confirm_clock(st, n->now);
	if (is_stale(st, n))
		confirm_stale(st, n->now);
	return settle(&v);
}

bool
policy_ack(struct standing *st, instant until, const struct policy_now *n, struct outcome *out)
{
	struct turn_of_events v = { .st = st, .n = n, .out = out };
	instant told_at = st->told_at;

	if (!st->open || (until != INSTANT_NONE && until <= n->now))
		return false;
	confirm_clock(st, n->now);
	st->acked = true;
	st->ack_until = until;
	tell(&v, EVENT_ACKNOWLEDGED, WHY_ACKNOWLEDGED, st->told);
	st->told_at = told_at; /* it is no notice of the trouble */
	return true;
}

bool
policy_retire(struct standing *st, const struct policy_now *n, struct outcome *out)
{
	struct turn_of_events v = { .st = st, .n = n, .out = out };

	confirm_clock(st, n->now);
	if (!st->open && !is_excepted(st))
		return false;
	st->open = true;
	return end_alert(&v, WHY_RETIRED);
}

bool
policy_first_run(struct standing *st, const struct policy_seen *seen, instant now)
{
	static const struct policy_terms at_once = { .confirm = 1 };

	confirm_seen(st, seen, &at_once, now);
	st->inventory = st->held;
	st->gate = st->held != LEVEL_OK ? GATE_INVENTORY : GATE_NONE;
	return st->held == LEVEL_STOP;
}
