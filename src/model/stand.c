/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a standing reads: one level out of what is confirmed, what was told and what was seen.
 */
#include "model/stand.h"

static enum stand_turn
turn_of(const struct stand *s, enum level seen, enum level confirmed)
{
	if (seen == LEVEL_UNKNOWN && (s->overdue || s->level > seen))
		return STAND_UNSEEN;
	if (seen < s->level)
		return STAND_BETTER;
	return seen > confirmed ? STAND_WORSE : STAND_STEADY;
}

/* Of a turn that the runs have seen; the passing of time alone leaves no moment of its own. */
static instant
turn_since(const struct standing *st, const struct stand *s)
{
	static const enum turn runs[STAND_TURNS] = {
		[STAND_BETTER] = TURN_DOWN,
		[STAND_WORSE] = TURN_UP,
		[STAND_UNSEEN] = TURN_LOST,
	};

	if (s->turn == STAND_STEADY)
		return INSTANT_NONE;
	if (s->overdue && !st->stale)
		return st->valid_until;
	if (s->turn == STAND_UNSEEN && (st->stale || st->lost))
		return st->held_since;
	return st->turn == runs[s->turn] ? st->turn_since : INSTANT_NONE;
}

struct stand
stand_of(const struct standing *st, enum level newest, instant now)
{
	enum level confirmed = st->stale ? LEVEL_UNKNOWN : st->held, seen;
	struct stand s = { 0 };

	s.overdue = st->stale || (st->held_since != INSTANT_NONE && now > st->valid_until);
	seen = s.overdue ? LEVEL_UNKNOWN : newest;
	/* what nobody was told of has no end that must be told */
	if (!st->open && st->told == LEVEL_OK && seen < confirmed && seen != LEVEL_UNKNOWN) {
		confirmed = seen;
		s.since = st->turn == TURN_DOWN ? st->turn_since : INSTANT_NONE;
	} else {
		s.since = st->open ? st->opened : st->held_since;
	}
	s.level = level_worst(confirmed, seen);
	/* an act or stop that went out of sight is still open, and so is what comes and goes */
	if (st->open && (st->lost || s.level == LEVEL_OK))
		s.level = level_worst(s.level, st->told);
	s.turn = turn_of(&s, seen, confirmed);
	s.turn_since = turn_since(st, &s);
	if (!st->open && s.turn == STAND_WORSE && s.turn_since != INSTANT_NONE)
		s.since = s.turn_since;
	return s;
}
