/* SPDX-License-Identifier: Apache-2.0 */
#include "model/standing.h"
#include "tests/t.h"

#define T0 (1800000000 * INSTANT_S)

/* A whole one with an open alert. */
static struct standing
whole(void)
{
	struct standing st;

	standing_init(&st);
	st.seen = st.held = st.told = st.worst = LEVEL_ACT;
	st.taken = st.bad_at = st.held_since = st.opened = st.told_at = st.changes[0] = T0;
	st.valid_until = T0 + INSTANT_S;
	st.fresh_for = SPAN_S;
	st.open = true;
	st.alert = 1;
	return st;
}

#define DAMAGE(row, ...)                                                                           \
	do {                                                                                       \
		struct standing st = whole();                                                      \
		struct err e;                                                                      \
                                                                                                   \
		__VA_ARGS__;                                                                       \
		T_INT(row, standing_check(&st, &e), -1);                                           \
		T_HAS(row, e.msg, "damaged: ");                                                    \
	} while (0)

static void
undamaged(void)
{
	struct standing st;

	standing_init(&st);
	T_INT("a new one is whole", standing_check(&st, NULL), 0);
	st = whole();
	T_INT("so is an open one", standing_check(&st, NULL), 0);
}

static void
damaged(void)
{
	DAMAGE("a level past the last", st.held = LEVEL_N);
	DAMAGE("a level before the first", st.seen = (enum level) - 1);
	DAMAGE("told past the last", st.told = LEVEL_N);
	DAMAGE("an inventory past the last", st.inventory = LEVEL_N);
	DAMAGE("an edge past the last", st.edge = LEVEL_N);
	DAMAGE("a turn past the last", st.turn = TURN_N);
	DAMAGE("a turn without runs", st.turn = TURN_UP);
	DAMAGE("runs without a turn", st.times = 1);
	DAMAGE("a gate past the last", st.gate = GATE_N);
	DAMAGE("stale and not unknown", st.stale = true);
	DAMAGE("valid to before it was taken", st.valid_until = T0 - 1);
	DAMAGE("believed for less than nothing", st.fresh_for = -1);
	DAMAGE("changes out of order", st.changes[1] = T0 + 1);
	DAMAGE("closed, and taken", st.open = false; st.acked = true);
	DAMAGE("closed, told nothing, and somebody was told", st.open = false; st.told = LEVEL_OK);
	DAMAGE("open, and told nothing", st.told = LEVEL_OK);
	DAMAGE("told worse than the worst", st.worst = LEVEL_PLAN);
	DAMAGE("open without a number", st.alert = 0);
	DAMAGE("open since never", st.opened = INSTANT_NONE);
	DAMAGE("told never", st.told_at = INSTANT_NONE);
	DAMAGE("open, and excepted", st.gate = GATE_EXCEPTED);
	for (int g = 0; g < GATE_N; g++)
		T_TRUE("each gate has a name", gate_name((enum gate)g) != NULL);
}

static void
silences(void)
{
	struct silence s = { T0, T0 + 1, false, "Sana", "" };

	T_INT("an end after the start", silence_check(&s, NULL), 0);
	s.until = T0;
	T_INT("an end at the start", silence_check(&s, NULL), -1);
	s.until = INSTANT_NONE;
	T_INT("no end", silence_check(&s, NULL), -1);
	s.until = T0 + 1;
	s.by = "  ";
	T_INT("by nobody", silence_check(&s, NULL), -1);
}

static void
exceptions(void)
{
	const instant most = EXCEPTION_MAX / SPAN_US;
	const struct exception good = { T0, T0 + most, LEVEL_ACT, "old PC", "Maria", "no network" };
	struct exception x = good;

	T_INT("a year is allowed", exception_check(&x, NULL), 0);
	x.until++;
	T_INT("a moment more is not", exception_check(&x, NULL), -1);
	x = good;
	x.until = INSTANT_NONE;
	T_INT("no end", exception_check(&x, NULL), -1);
	x = good;
	x.from = INSTANT_NONE;
	T_INT("no start", exception_check(&x, NULL), -1);
	x = good;
	x.upto = LEVEL_OK;
	T_INT("of nothing", exception_check(&x, NULL), -1);
	x.upto = LEVEL_N;
	T_INT("of a level that is not there", exception_check(&x, NULL), -1);
	x = good;
	x.reason = "";
	T_INT("without a reason", exception_check(&x, NULL), -1);
	x = good;
	x.approver = NULL;
	T_INT("approved by nobody", exception_check(&x, NULL), -1);
	x = good;
	x.measure = "\t";
	T_INT("without what protects meanwhile", exception_check(&x, NULL), -1);
}

int
main(void)
{
	undamaged();
	damaged();
	silences();
	exceptions();
	return t_end();
}
