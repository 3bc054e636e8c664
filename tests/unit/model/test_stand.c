/* SPDX-License-Identifier: Apache-2.0 */
#include "model/stand.h"
#include "tests/t.h"

#define T0 (1800000000 * INSTANT_S)
#define MIN (60 * INSTANT_S)

/* A standing in letters: held, seen (O P U A S); open; how the runs turn. */
static struct standing
standing(enum level held, enum level told, bool open, enum turn turn)
{
	struct standing st;

	standing_init(&st);
	st.held = held;
	st.told = told;
	st.open = open;
	st.turn = turn;
	st.turn_since = T0 + MIN;
	st.held_since = T0;
	st.opened = T0 - MIN;
	st.taken = T0 + 2 * MIN;
	st.valid_until = T0 + 10 * MIN;
	return st;
}

static void
levels(void)
{
	static const struct {
		const char *row;
		enum level held, told;
		bool open;
		enum turn turn;
		enum level newest, level;
		enum stand_turn points;
		instant since, turn_since;
	} cases[] = {
		{ "fine", LEVEL_OK, LEVEL_OK, false, TURN_NONE, LEVEL_OK, LEVEL_OK, STAND_STEADY,
		    T0, INSTANT_NONE },
		{ "open", LEVEL_STOP, LEVEL_STOP, true, TURN_NONE, LEVEL_STOP, LEVEL_STOP,
		    STAND_STEADY, T0 - MIN, INSTANT_NONE },
		{ "open until its end is confirmed", LEVEL_STOP, LEVEL_STOP, true, TURN_DOWN,
		    LEVEL_OK, LEVEL_STOP, STAND_BETTER, T0 - MIN, T0 + MIN },
		{ "an end that nobody waits for", LEVEL_ACT, LEVEL_OK, false, TURN_DOWN, LEVEL_OK,
		    LEVEL_OK, STAND_STEADY, T0 + MIN, INSTANT_NONE },
		{ "excepted until its end is confirmed", LEVEL_ACT, LEVEL_ACT, false, TURN_DOWN,
		    LEVEL_OK, LEVEL_ACT, STAND_BETTER, T0, T0 + MIN },
		{ "trouble from its first sight", LEVEL_OK, LEVEL_OK, false, TURN_UP, LEVEL_ACT,
		    LEVEL_ACT, STAND_WORSE, T0 + MIN, T0 + MIN },
		{ "never checked is not fine", LEVEL_OK, LEVEL_OK, false, TURN_UP, LEVEL_UNKNOWN,
		    LEVEL_UNKNOWN, STAND_WORSE, T0 + MIN, T0 + MIN },
		{ "out of sight, still open", LEVEL_STOP, LEVEL_STOP, true, TURN_LOST,
		    LEVEL_UNKNOWN, LEVEL_STOP, STAND_UNSEEN, T0 - MIN, T0 + MIN },
		{ "comes and goes, and is away", LEVEL_OK, LEVEL_ACT, true, TURN_NONE, LEVEL_OK,
		    LEVEL_ACT, STAND_BETTER, T0 - MIN, INSTANT_NONE },
		{ "a day has passed", LEVEL_PLAN, LEVEL_PLAN, true, TURN_NONE, LEVEL_ACT, LEVEL_ACT,
		    STAND_WORSE, T0 - MIN, INSTANT_NONE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct standing st =
		    standing(cases[i].held, cases[i].told, cases[i].open, cases[i].turn);
		struct stand s = stand_of(&st, cases[i].newest, T0 + 3 * MIN);

		T_INT(cases[i].row, s.level, cases[i].level);
		T_INT(cases[i].row, s.turn, cases[i].points);
		T_INT(cases[i].row, s.since, cases[i].since);
		T_INT(cases[i].row, s.turn_since, cases[i].turn_since);
		T_TRUE(cases[i].row, !s.overdue);
	}
}

/* A result is believed up to its last moment, and not one longer. */
static void
too_old(void)
{
	struct standing st = standing(LEVEL_OK, LEVEL_OK, false, TURN_NONE);
	struct stand s = stand_of(&st, LEVEL_OK, st.valid_until);

	T_INT("at the limit", s.level, LEVEL_OK);
	s = stand_of(&st, LEVEL_OK, st.valid_until + 1);
	T_INT("one past", s.level, LEVEL_UNKNOWN);
	T_INT("cannot be seen", s.turn, STAND_UNSEEN);
	T_INT("since then", s.turn_since, st.valid_until);
	st = standing(LEVEL_UNKNOWN, LEVEL_STOP, true, TURN_NONE);
	st.stale = st.lost = true;
	s = stand_of(&st, LEVEL_OK, T0 + MIN);
	T_INT("a stop that went stale is still told as one", s.level, LEVEL_STOP);
	T_INT("since nobody sees it", s.turn_since, T0);
	standing_init(&st);
	s = stand_of(&st, LEVEL_OK, T0);
	T_TRUE("before the first run nothing is overdue", !s.overdue);
}

static void
signs(void)
{
	T_TEXT("excepted has a word of its own", sign_name(sign_of(LEVEL_STOP, true)), "excepted");
	T_TRUE("never fine", sign_of(LEVEL_OK, true) > SIGN_OK);
	T_TRUE("less urgent than plan", sign_of(LEVEL_STOP, true) < sign_of(LEVEL_PLAN, false));
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		T_TEXT("else the level's", sign_name(sign_of((enum level)l, false)),
		    level_name((enum level)l));
	T_INT("ends as plan does", level_exit(LEVEL_EXCEPTED), 0);
}

int
main(void)
{
	levels();
	too_old();
	signs();
	return t_end();
}
