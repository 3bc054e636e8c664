/* SPDX-License-Identifier: Apache-2.0
 *
 * rig: one standing with its world, for tests of the policy whose rows are letters: what runs see,
 * what is told.
 */
#ifndef TESTS_RIG_H
#define TESTS_RIG_H

#include "judge/policy.h"
#include "model/rule.h"
#include "tests/t.h"

#define EVERY (10 * SPAN_MIN)
#define START (1800000000 * INSTANT_S)
#define SEEN "OPUAS"
#define RUNS 64

/* told: . nothing, R raised, W worse, E eased, C over, X excepted, M reminder, L out of sight,
 * K taken */
static inline char
letter(const struct outcome *o)
{
	if (o->why == WHY_LOST || (o->kind == EVENT_REMINDER && o->why == WHY_STALE))
		return 'L';
	switch (o->kind) {
	case EVENT_RAISED:
		return 'R';
	case EVENT_ESCALATED:
		return 'W';
	case EVENT_EASED:
		return 'E';
	case EVENT_RESOLVED:
		return 'C';
	case EVENT_EXCEPTED:
		return 'X';
	case EVENT_REMINDER:
		return 'M';
	case EVENT_ACKNOWLEDGED:
		return 'K';
	default:
		return '?';
	}
}

/* A standing, its world and what it was told last. */
struct rig {
	struct standing st;
	struct policy_now n;
	struct policy_terms t;
	struct outcome out;
	bool dated;
};

static inline struct rig
rig(int confirm, bool metric)
{
	struct rig r = { .t = policy_terms_of(metric ? BY_METRIC : BY_FINDING, confirm, EVERY, 0) };

	standing_init(&r.st);
	r.n.now = START;
	r.n.unbroken_since = START;
	for (int l = 0; l < LEVEL_N; l++)
		r.n.sinks[l] = 1;
	return r;
}

static inline char
see(struct rig *r, char level)
{
	struct policy_seen s = { (enum level)(strchr(SEEN, level) - SEEN), r->dated, r->n.now,
		instant_plus(r->n.now, 2 * EVERY) };
	struct err e;
	char told = policy_see(&r->st, &s, &r->t, &r->n, &r->out) ? letter(&r->out) : '.';

	T_INT("a standing stays whole", standing_check(&r->st, &e), 0);
	return told;
}

static inline char
tick(struct rig *r)
{
	struct err e;
	char told = policy_tick(&r->st, &r->t, &r->n, &r->out) ? letter(&r->out) : '.';

	T_INT("a standing stays whole", standing_check(&r->st, &e), 0);
	return told;
}

static inline void
pass(struct rig *r, span d)
{
	r->n.now = instant_plus(r->n.now, d);
}

/* Runs one after the other, EVERY apart. */
static inline const char *
runs(struct rig *r, const char *seen, char told[RUNS])
{
	size_t i = 0;

	for (; seen[i] != '\0' && i < RUNS - 1; i++, pass(r, EVERY))
		told[i] = see(r, seen[i]);
	told[i] = '\0';
	return told;
}
/* Runs for `d` on the same level and counts one kind of outcome. */
static inline int
during(struct rig *r, span d, char level, char counted)
{
	int n = 0;

	for (span t = 0; t < d; t += EVERY, pass(r, EVERY)) {
		n += see(r, level) == counted;
		n += tick(r) == counted;
	}
	return n;
}

#endif
