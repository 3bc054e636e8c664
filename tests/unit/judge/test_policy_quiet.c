/* SPDX-License-Identifier: Apache-2.0
 *
 * Why a confirmed level is not told, and that it is told in the end.
 */
#include "tests/rig.h"

static void
acknowledged(void)
{
	struct rig r = rig(1, false);

	r.t.remind = SPAN_DAY;
	T_TRUE("nothing to take", !policy_ack(&r.st, INSTANT_NONE, &r.n, &r.out));
	see(&r, 'A');
	T_TRUE("taken", policy_ack(&r.st, INSTANT_NONE, &r.n, &r.out));
	T_INT("and told", letter(&r.out), 'K');
	pass(&r, EVERY);
	T_INT("no reminder for a month", during(&r, 30 * SPAN_DAY, 'A', 'M'), 0);
	T_INT("a rise is told all the same", see(&r, 'S'), 'W');
	T_TRUE("and drops it", !r.st.acked);
	pass(&r, EVERY);
	T_INT("so reminders come again", during(&r, 2 * SPAN_DAY, 'S', 'M'), 2);
	T_INT("until it is over", see(&r, 'O'), 'C');

	r = rig(1, false);
	see(&r, 'A');
	policy_ack(&r.st, instant_plus(r.n.now, SPAN_H), &r.n, &r.out);
	pass(&r, SPAN_H - SPAN_US);
	T_INT("before its end", see(&r, 'A'), '.');
	pass(&r, SPAN_US);
	T_INT("at its end it is told that it is still bad", tick(&r), 'M');
	T_INT("and why", r.out.why, WHY_ACK_ENDED);
	T_INT("once", tick(&r), '.');
}

static void
silences(void)
{
	struct rig r = rig(1, false);
	struct silence s = { START, START + 3600 * INSTANT_S, false, "Sana", "repair" };

	r.n.silences = &s;
	r.n.nsilences = 1;
	T_INT("act in a silence", see(&r, 'A'), '.');
	T_INT("and the standing says why", r.st.gate, GATE_SILENCED);
	pass(&r, EVERY);
	T_INT("stop is told: the silence does not say so", see(&r, 'S'), 'R');
	pass(&r, EVERY);
	T_INT("its easing waits", see(&r, 'A'), '.');
	r.st.valid_until = s.until + INSTANT_S;
	pass(&r, SPAN_H - 2 * EVERY - SPAN_US);
	T_INT("until the very end", tick(&r), '.');
	pass(&r, SPAN_US);
	T_INT("then it is told", tick(&r), 'E');

	r = rig(1, false);
	s.stop_too = true;
	r.n.silences = &s;
	r.n.nsilences = 1;
	T_INT("a window that names stop keeps it quiet", see(&r, 'S'), '.');
	r.n.now = s.until;
	r.st.valid_until = s.until + INSTANT_S;
	T_INT("at its end: still bad, told", tick(&r), 'R');
	T_INT("and why", r.out.why, WHY_SILENCE_ENDED);

	r = rig(1, false);
	see(&r, 'A');
	r.n.silences = &s;
	r.n.nsilences = 1;
	T_INT("told before, silenced", tick(&r), '.');
	r.n.now = s.until;
	T_INT("and still bad at the end: told again", see(&r, 'A'), 'M');
	T_INT("once", tick(&r), '.');

	r = rig(1, false);
	see(&r, 'A');
	r.n.silences = &s;
	r.n.nsilences = 1;
	pass(&r, EVERY);
	T_INT("a recovery in a silence is told to who was told", see(&r, 'O'), 'C');
	pass(&r, EVERY);
	see(&r, 'A');
	pass(&r, EVERY);
	T_INT("what was never told ends quietly", see(&r, 'O'), '.');
}

static void
exceptions(void)
{
	struct rig r = rig(1, false);
	struct exception x = { START, START + 86400 * INSTANT_S, LEVEL_ACT, "old PC, leaves in May",
		"Maria", "isolated network" };
	uint64_t number;

	see(&r, 'A');
	r.n.exceptions = &x;
	r.n.nexceptions = 1;
	T_INT("an approved exception is told as one, not as over", tick(&r), 'X');
	T_INT("with its end", r.out.until == x.until, 1);
	number = r.out.alert;
	T_INT("by its name", r.out.why, WHY_EXCEPTED);
	T_INT("and stands as excepted", r.st.gate, GATE_EXCEPTED);
	pass(&r, EVERY);
	T_INT("not counted", during(&r, SPAN_DAY - 2 * EVERY, 'A', 'R'), 0);
	T_INT("worse than approved is told", see(&r, 'S'), 'R');
	pass(&r, POLICY_CALM);
	T_INT("under its number", r.out.alert, number);
	T_INT("as approved again: excepted again", see(&r, 'A'), 'X');
	r.n.now = x.until - 1;
	r.st.valid_until = x.until;
	T_INT("quiet up to the last moment", tick(&r), '.');
	r.n.now = x.until;
	T_INT("counted again the day it ends", tick(&r), 'R');
	T_INT("under its number still", r.out.alert, number);
	T_INT("and why", r.out.why, WHY_EXCEPTION_ENDED);
}

/* A cause of two looks that was seen bad in one. */
static void
seen_once(void)
{
	struct rig p = rig(2, false), c = rig(1, false);

	c.n.parent = &p.st;
	p.st.held = LEVEL_OK;
	p.st.seen = LEVEL_STOP;
	T_INT("a cause that was fine hides nothing", see(&c, 'A'), 'R');
	c = rig(1, false);
	c.n.parent = &p.st;
	p.st.held = LEVEL_PLAN;
	T_INT("nor one that can be planned", see(&c, 'A'), 'R');
	c = rig(1, false);
	c.n.parent = &p.st;
	p.st.held = LEVEL_ACT;
	T_INT("one that people are told of hides what is as bad as it looks", see(&c, 'S'), '.');
}

/* Taken by somebody, and mended. */
static void
taken_and_over(void)
{
	struct rig r = rig(1, false);

	see(&r, 'S');
	policy_ack(&r.st, INSTANT_NONE, &r.n, &r.out);
	pass(&r, POLICY_CALM - SPAN_US);
	T_INT("within the calm it is not over", see(&r, 'O'), '.');
	pass(&r, SPAN_US);
	T_INT("after it, it is, for whoever has taken it too", see(&r, 'O'), 'C');
}

static void
parents(void)
{
	struct rig p = rig(1, false), c = rig(1, false);
	int told = 0;

	c.n.parent = &p.st;
	see(&p, 'O');
	see(&c, 'O');
	pass(&p, EVERY);
	pass(&c, EVERY);
	T_INT("the cause is told", see(&p, 'U'), 'R');
	T_INT("what hangs on it is not", see(&c, 'U'), '.');
	T_INT("and can be counted", c.st.gate, GATE_PARENT);
	T_INT("what is worse than its cause is told", see(&c, 'U'), '.');
	pass(&c, EVERY);
	T_INT("so a stop", see(&c, 'S'), 'R');
	pass(&c, EVERY);
	T_INT("and its end", see(&c, 'O'), 'C');

	/* 60 that hang on one */
	p = rig(2, false);
	see(&p, 'U');
	pass(&p, EVERY);
	told += see(&p, 'U') == 'R';
	for (int i = 0; i < 60; i++) {
		struct rig k = rig(2, false);

		k.n.parent = &p.st;
		told += see(&k, 'U') != '.';
		pass(&k, EVERY);
		told += see(&k, 'U') != '.';
		pass(&k, 5 * SPAN_H);
		told += tick(&k) != '.';
	}
	T_INT("one alert names 60", told, 1);

	/* the cause is over */
	p = rig(1, false);
	c = rig(1, false);
	c.n.parent = &p.st;
	see(&p, 'U');
	see(&c, 'U');
	pass(&p, EVERY);
	see(&p, 'O');
	pass(&c, EVERY);
	T_INT("its time to be measured again", tick(&c), '.');
	pass(&c, SPAN_MIN);
	T_INT("still bad by its own run: told then", see(&c, 'U'), 'R');
	T_INT("and why", c.out.why, WHY_PARENT_BACK);

	c = rig(1, false);
	c.n.parent = &p.st;
	p.st.seen = p.st.held = LEVEL_UNKNOWN;
	see(&c, 'U');
	p.st.seen = p.st.held = LEVEL_OK;
	c.n.now = p.st.held_since;
	pass(&c, 2 * EVERY - SPAN_US);
	T_INT("not measured since: not yet", tick(&c), '.');
	pass(&c, SPAN_US);
	T_INT("told, also if it is never measured again", tick(&c), 'R');

	c = rig(2, true);
	c.n.parent = &p.st;
	p.st.seen = p.st.held = LEVEL_UNKNOWN;
	see(&c, 'U');
	pass(&c, EVERY);
	see(&c, 'U');
	p.st.seen = p.st.held = LEVEL_OK;
	p.st.held_since = c.n.now;
	pass(&c, EVERY);
	T_INT("a metric that is just recovering is not told", see(&c, 'O'), '.');
	pass(&c, EVERY);
	T_INT("nor its end", see(&c, 'O'), '.');

	c = rig(1, false);
	c.n.parent = &p.st;
	p.st.seen = p.st.held = LEVEL_UNKNOWN;
	p.st.gate = GATE_EXCEPTED;
	T_INT("an excepted cause, of which nobody is told, hides nothing", see(&c, 'U'), 'R');
}

static void
flapping(void)
{
	static const struct {
		const char *row;
		int confirm, each; /* runs of each level */
		span every;
	} cases[] = {
		{ "20 times in 10 min, each run", 1, 1, 30 * SPAN_S },
		{ "20 times in 10 min, two runs each", 2, 2, 15 * SPAN_S },
		{ "never confirmed, and still told", 2, 1, 30 * SPAN_S },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rig r = rig(cases[i].confirm, false);
		int start = 0, stop = 0, other = 0;

		r.t = policy_terms_of(BY_FINDING, cases[i].confirm, cases[i].every, 0);
		for (int k = 0; k < 20 * cases[i].each + 40; k++, pass(&r, cases[i].every)) {
			bool bad = k < 20 * cases[i].each && k / cases[i].each % 2 == 0;
			char c = see(&r, bad ? 'A' : 'O');

			start += c == 'R';
			stop += c == 'C';
			other += c != 'R' && c != 'C' && c != '.';
		}
		T_INT(cases[i].row, start, 1);
		T_INT(cases[i].row, stop, 1);
		T_INT(cases[i].row, other, 0);
	}
}

static void
flapping_slowly(void)
{
	struct rig r = rig(2, false);
	int events = 0;

	for (int k = 0; k < 144 * 7; k++, pass(&r, EVERY))
		events += see(&r, k / 3 % 2 == 0 ? 'A' : 'O') != '.';
	T_INT("half an hour bad, half an hour fine, for a week: two pairs, then its start", events,
	    5);
	T_TRUE("and it is known to come and go", r.st.flapping);
	T_INT("worse is told also then", see(&r, 'S'), '.');
	pass(&r, EVERY);
	T_INT("when confirmed", see(&r, 'S'), 'W');
	pass(&r, EVERY);
	T_INT("it settles as stop: nothing more", during(&r, SPAN_DAY, 'S', 'C'), 0);
	T_TRUE("and no longer flaps", !r.st.flapping);
}

static void
first_run(void)
{
	static const struct {
		const char *row;
		char level;
		bool named;
		const char *then, *told;
	} cases[] = {
		{ "fine is fine", 'O', false, "OAA", "..R" },
		{ "act is in the digest", 'A', false, "AAAA", "...." },
		{ "stop is named there", 'S', true, "SSSS", "...." },
		{ "worse than the digest said is told", 'A', false, "ASS", "..R" },
		{ "over, and back again, is told", 'A', false, "AOAA", "...R" },
		{ "less, and back again, too", 'S', false, "AASS", "...R" },
	};
	char told[RUNS];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rig r = rig(2, false);
		struct policy_seen s = { (enum level)(strchr(SEEN, cases[i].level) - SEEN), false,
			r.n.now, instant_plus(r.n.now, 2 * EVERY) };

		r.t.remind = SPAN_DAY;
		if (cases[i].level == 'S' && cases[i].named)
			T_TRUE(cases[i].row, policy_first_run(&r.st, &s, r.n.now));
		else
			policy_first_run(&r.st, &s, r.n.now);
		pass(&r, EVERY);
		T_TEXT(cases[i].row, runs(&r, cases[i].then, told), cases[i].told);
	}
}

int
main(void)
{
	acknowledged();
	silences();
	exceptions();
	parents();
	seen_once();
	taken_and_over();
	flapping();
	flapping_slowly();
	first_run();
	return t_end();
}
