/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns when a change is taken for real, and when something comes and goes.
 */
#include "judge/confirm.h"

static void
clamp(instant *t, instant now)
{
	if (*t > now)
		*t = now;
}

void
confirm_clock(struct standing *st, instant now)
{
	if (st->taken > now) {
		/* which of two runs is newer cannot be told any more; the next one is */
		st->valid_until = instant_plus(now, st->fresh_for);
		st->taken = INSTANT_NONE;
	}
	clamp(&st->bad_at, now);
	clamp(&st->turn_since, now);
	clamp(&st->held_since, now);
	clamp(&st->opened, now);
	clamp(&st->told_at, now);
	for (size_t i = 0; i < STANDING_CHANGES; i++)
		clamp(&st->changes[i], now);
}

static enum turn
turn_of(enum level held, enum level seen)
{
	if (seen == held)
		return TURN_NONE;
	if (seen > held)
		return TURN_UP;
	return seen == LEVEL_UNKNOWN ? TURN_LOST : TURN_DOWN;
}

static enum level
edge_of(enum turn turn, enum level edge, enum level seen, const struct policy_terms *t)
{
	if (turn == TURN_UP)
		return seen < edge ? seen : edge;
	/* one good look at what has no limit to be near of says more than the looks before */
	if (turn == TURN_DOWN && seen == LEVEL_OK && !t->hysteresis)
		return LEVEL_OK;
	return level_worst(seen, edge);
}

static void
count(struct standing *st, enum level seen, const struct policy_terms *t, instant now)
{
	enum turn turn = turn_of(st->held, seen);

	if (turn == TURN_NONE) {
		st->times = 0;
		st->edge = st->held;
	} else if (turn != st->turn) {
		st->times = 1;
		st->edge = seen;
		st->turn_since = now;
	} else {
		st->times += st->times < UINT32_MAX;
		st->edge = edge_of(turn, st->edge, seen, t);
	}
	st->turn = turn;
}

static bool
confirmed(const struct standing *st, const struct policy_terms *t, instant now)
{
	bool enough = st->times >= t->confirm;
	bool calm = t->steady || st->bad_at == INSTANT_NONE ||
		    instant_minus(now, st->bad_at) >= POLICY_CALM;

	switch (st->turn) {
	case TURN_UP:
	case TURN_LOST:
		return enough && instant_minus(now, st->turn_since) >= t->confirm_for;
	case TURN_DOWN:
		if (st->edge != LEVEL_OK)
			return enough;
		return calm && (enough || !t->hysteresis);
	default:
		return false;
	}
}

/* The level that counts, from now on. */
static void
hold(struct standing *st, enum level level, instant now)
{
	if ((st->held == LEVEL_OK) != (level == LEVEL_OK)) {
		for (size_t i = STANDING_CHANGES - 1; i > 0; i--)
			st->changes[i] = st->changes[i - 1];
		st->changes[0] = now;
	}
	st->held = level;
	st->held_since = now;
	/* what got better than the digest told, and then worse again, is news */
	if (level < st->inventory)
		st->inventory = level;
	st->turn = TURN_NONE;
	st->times = 0;
	st->edge = level;
}

static unsigned
flips_among(const struct standing *st, unsigned runs)
{
	return (unsigned)__builtin_popcount(st->flips & ((1u << runs) - 1));
}

static bool
changed_often(const struct standing *st, instant now)
{
	instant oldest = st->changes[STANDING_CHANGES - 1];

	return st->changes[0] == now && oldest != INSTANT_NONE &&
	       instant_minus(now, oldest) <= POLICY_FLAP_WINDOW;
}

static bool
flap(struct standing *st, enum level seen, instant now)
{
	if (st->flapping) {
		st->flapping = flips_among(st, POLICY_FLAP_QUIET) != 0;
		return !st->flapping;
	}
	st->flapping = seen != LEVEL_OK && (flips_among(st, POLICY_FLAP_OF) >= POLICY_FLAP_RUNS ||
					       (st->held != LEVEL_OK && changed_often(st, now)));
	return false;
}

bool
confirm_seen(
    struct standing *st, const struct policy_seen *seen, const struct policy_terms *t, instant now)
{
	bool first = st->held_since == INSTANT_NONE;
	bool flip = !first && (st->seen == LEVEL_OK) != (seen->level == LEVEL_OK);

	st->flips = st->flips << 1 | flip;
	st->seen = seen->level;
	st->stale = false;
	st->dated = seen->dated;
	st->taken = seen->taken;
	st->valid_until = seen->valid_until < seen->taken ? seen->taken : seen->valid_until;
	st->fresh_for = instant_minus(st->valid_until, st->taken);
	if (first)
		st->held_since = now;
	count(st, seen->level, t, now);
	if (confirmed(st, t, now)) {
		hold(st, st->edge, now);
		/* the run that confirmed the edge may itself point further */
		count(st, seen->level, t, now);
	}
	if (seen->level != LEVEL_OK)
		st->bad_at = now;
	return flap(st, seen->level, now);
}

void
confirm_stale(struct standing *st, instant now)
{
	st->seen = LEVEL_UNKNOWN;
	st->stale = true;
	st->dated = false;
	st->flapping = false; /* it does neither any more */
	hold(st, LEVEL_UNKNOWN, now);
}
