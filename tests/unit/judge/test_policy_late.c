/* SPDX-License-Identifier: Apache-2.0
 *
 * What nobody has taken is told to the next one, once, and to nobody else.
 */
#include "tests/rig.h"

#define FIRST UINT64_C(1)
#define SECOND UINT64_C(2)

static struct rig
with_second(struct policy_late *late, span after)
{
	struct rig r = rig(1, false);

	*late = (struct policy_late){ SECOND, 1U << LEVEL_ACT | 1U << LEVEL_STOP, after };
	r.n.late = late;
	r.n.nlate = 1;
	r.t.remind = SPAN_DAY;
	return r;
}

static void
nobody_takes_it(void)
{
	struct policy_late late;
	struct rig r = with_second(&late, SPAN_H);

	T_INT("raised", see(&r, 'A'), 'R');
	T_INT("to the first", r.out.sinks, FIRST);
	r.st.valid_until = INT64_MAX;
	pass(&r, SPAN_H - SPAN_MIN);
	T_INT("a minute too early", tick(&r), '.');
	pass(&r, SPAN_MIN);
	T_INT("an hour later the next one", tick(&r), 'R');
	T_INT("and no other", r.out.sinks, SECOND);
	T_INT("why", r.out.why, WHY_UNTAKEN);
	T_INT("it is the same alert", r.out.alert, 1);
	T_INT("since it was raised", r.out.since, START);
	T_INT("once", tick(&r), '.');
	pass(&r, 23 * SPAN_H - SPAN_MIN);
	T_INT("which is no notice to the first: its reminder comes a day after its own", tick(&r),
	    '.');
	pass(&r, SPAN_MIN);
	T_INT("then", tick(&r), 'M');
	T_INT("to both", r.out.sinks, FIRST | SECOND);
	see(&r, 'O');
	T_INT("that it is over is told to both", r.out.sinks, FIRST | SECOND);
}

static void
somebody_takes_it(void)
{
	struct policy_late late;
	struct rig r = with_second(&late, SPAN_H);

	see(&r, 'A');
	r.st.valid_until = INT64_MAX;
	policy_ack(&r.st, INSTANT_NONE, &r.n, &r.out);
	pass(&r, 12 * SPAN_H);
	T_INT("taken: the next one hears nothing", tick(&r), '.');
	T_INT("it gets worse, and nobody has taken that", see(&r, 'S'), 'W');
	T_INT("told to the first", r.out.sinks, FIRST);
	r.st.valid_until = INT64_MAX;
	T_INT("then to the next one", tick(&r), 'R');
	T_INT("at its level", r.out.level, LEVEL_STOP);
}

static void
not_wanted(void)
{
	struct policy_late late;
	struct rig r = with_second(&late, SPAN_H);
	struct silence s = { START, START + 7200 * INSTANT_S, true, "Sana", "repair" };

	see(&r, 'U');
	r.st.valid_until = INT64_MAX;
	pass(&r, 2 * SPAN_H);
	T_INT("a level that it does not want", tick(&r), '.');

	r = with_second(&late, SPAN_H);
	see(&r, 'A');
	r.st.valid_until = INT64_MAX;
	r.n.silences = &s;
	r.n.nsilences = 1;
	pass(&r, SPAN_H);
	T_INT("not while it is silenced", tick(&r), '.');
	pass(&r, SPAN_H + SPAN_MIN);
	T_INT("its end is told to the first", tick(&r), 'M');
	T_INT("alone", r.out.sinks, FIRST);
	T_INT("then that nobody has taken it", tick(&r), 'R');
	T_INT("to the next one", r.out.sinks, SECOND);
}

int
main(void)
{
	nobody_takes_it();
	somebody_takes_it();
	not_wanted();
	return t_end();
}
