/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"
#include "watch/sched.h"

#define EVERY SPAN_H
#define CHECKS 200

static void
first_runs(void)
{
	span earliest = SPAN_MAX, latest = 0;
	char ids[CHECKS][24];
	struct sched c;

	for (int i = 0; i < CHECKS; i++) {
		snprintf(ids[i], sizeof(ids[i]), "check%d", i);
		sched_init(&c, ids[i], 7, EVERY, 1000, SPAN_MAX);
		earliest = c.due < earliest ? c.due : earliest;
		latest = c.due > latest ? c.due : latest;
	}
	T_TRUE("first runs are not before now", earliest >= 1000);
	T_TRUE("nor later than the spread", latest <= 1000 + SCHED_SPREAD_MAX);
	T_TRUE("and not all at once", latest - earliest > SCHED_SPREAD_MAX / 2);

	sched_init(&c, "a", 7, EVERY, 0, EVERY / 2);
	T_INT("what is known is still young", c.due, EVERY / 2);
	sched_init(&c, "a", 7, EVERY, 0, 2 * EVERY);
	T_TRUE("what is known is old", c.due <= SCHED_SPREAD_MAX);
	sched_init(&c, "a", 7, EVERY, 0, -SPAN_H);
	T_TRUE("what is known is of the future", c.due <= SCHED_SPREAD_MAX);
	sched_init(&c, "a", 7, SPAN_S, 0, SPAN_MAX);
	T_TRUE("a short interval has a short spread", c.due <= SPAN_S / 10);
}

static void
in_flight(void)
{
	struct sched c[2];

	sched_init(&c[0], "a", 1, EVERY, 0, SPAN_MAX);
	sched_init(&c[1], "b", 1, EVERY, 0, SPAN_MAX);
	c[0].due = 20;
	c[1].due = 10;
	T_INT("nothing is due", (int)sched_pick(c, 2, 9), 2);
	T_INT("the next", sched_next(c, 2), 10);
	T_INT("who waits longest is first", (int)sched_pick(c, 2, 30), 1);
	sched_start(&c[1], 30);
	T_INT("one that runs is not picked", (int)sched_pick(c, 2, 30 + 10 * EVERY), 0);
	T_INT("nor waited for", sched_next(c, 2), 20);
	sched_end(&c[1]);
	T_TRUE("its next is an interval later, less the jitter",
	    c[1].due <= 30 + EVERY && c[1].due > 30 + EVERY - EVERY / SCHED_JITTER);

	/* a suspend of ten intervals: one run, not ten */
	sched_start(&c[1], 30 + 10 * EVERY);
	sched_end(&c[1]);
	T_TRUE("what was missed is skipped", c[1].due > 30 + 10 * EVERY);
}

static void
postponed(void)
{
	struct sched c;

	sched_init(&c, "a", 1, EVERY, 0, SPAN_MAX);
	c.due = 100;
	sched_postpone(&c, 200);
	sched_postpone(&c, 300);
	T_INT("it waits", c.due, 300);
	T_INT("since it was due first", c.waits_since, 100);
	sched_start(&c, 300);
	T_INT("until it runs", c.waits_since, 0);
	T_INT("nothing to wait for", sched_next(&c, 0), SPAN_MAX);
}

int
main(void)
{
	first_runs();
	in_flight();
	postponed();
	return t_end();
}
