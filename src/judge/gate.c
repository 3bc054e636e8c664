/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what stands between a confirmed level and its telling.
 */
#include "judge/gate.h"

bool
gate_parent_hides(const struct standing *p, enum level level)
{
	enum level worst;

	/* nobody is told of an excepted cause, so it can hide nothing */
	if (p == NULL || p->gate == GATE_EXCEPTED)
		return false;
	/* what was seen once is no cause yet; of one that people are told of it may be worse */
	worst = p->held >= LEVEL_UNKNOWN ? level_worst(p->held, p->seen) : p->held;
	if (p->flapping)
		worst = level_worst(worst, p->told);
	return worst >= LEVEL_UNKNOWN && level <= worst;
}

const struct exception *
gate_exception(const struct policy_now *n, enum level level)
{
	const struct exception *found = NULL;

	for (size_t i = 0; i < n->nexceptions; i++) {
		const struct exception *x = &n->exceptions[i];

		if (x->from <= n->now && n->now < x->until && level <= x->upto &&
		    (found == NULL || x->until > found->until))
			found = x;
	}
	return found;
}

bool
gate_silenced(const struct policy_now *n, enum level level)
{
	for (size_t i = 0; i < n->nsilences; i++) {
		const struct silence *s = &n->silences[i];

		if (s->from <= n->now && n->now < s->until && (level < LEVEL_STOP || s->stop_too))
			return true;
	}
	return false;
}

bool
gate_waits_for_cause(const struct policy_now *n, const struct standing *st, enum level level)
{
	return n->cause_wait > 0 && level >= LEVEL_UNKNOWN && level > st->told &&
	       st->held_since != INSTANT_NONE &&
	       (n->cause_seen == INSTANT_NONE || n->cause_seen < st->held_since) &&
	       instant_minus(n->now, st->held_since) < n->cause_wait;
}
