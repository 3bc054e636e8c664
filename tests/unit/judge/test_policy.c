/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/policy.h"
#include "model/rule.h"
#include "tests/t.h"

#define EVERY (10 * SPAN_MIN)
#define START (1800000000 * INSTANT_S)
#define SEEN "OPUAS"
#define RUNS 64

/* told: . nothing, R raised, W worse, E eased, C over, M reminder, L out of sight, K taken */
static char
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

static struct rig
rig(int confirm, bool metric)
{
	struct rig r = { .t = policy_terms_of(metric ? BY_METRIC : BY_FINDING, confirm, EVERY, 0) };

	standing_init(&r.st);
	r.n.now = START;
	r.n.awake = START;
	for (int l = 0; l < LEVEL_N; l++)
		r.n.sinks[l] = 1;
	return r;
}

static char
see(struct rig *r, char level)
{
	struct policy_seen s = { (enum level)(strchr(SEEN, level) - SEEN), r->dated, r->n.now,
		instant_plus(r->n.now, 2 * EVERY) };
	struct err e;
	char told = policy_see(&r->st, &s, &r->t, &r->n, &r->out) ? letter(&r->out) : '.';

	T_INT("a standing stays whole", standing_check(&r->st, &e), 0);
	return told;
}

static char
tick(struct rig *r)
{
	struct err e;
	char told = policy_tick(&r->st, &r->t, &r->n, &r->out) ? letter(&r->out) : '.';

	T_INT("a standing stays whole", standing_check(&r->st, &e), 0);
	return told;
}

static void
pass(struct rig *r, span d)
{
	r->n.now = instant_plus(r->n.now, d);
}

/* Runs one after the other, EVERY apart. */
static const char *
runs(struct rig *r, const char *seen, char told[RUNS])
{
	size_t i = 0;

	for (; seen[i] != '\0' && i < RUNS - 1; i++, pass(r, EVERY))
		told[i] = see(r, seen[i]);
	told[i] = '\0';
	return told;
}

static void
levels(void)
{
	static const struct {
		const char *row, *seen, *told;
		int confirm;
		bool metric;
	} cases[] = {
		{ "one bad run is no alert", "OAOO", "....", 2, false },
		{ "two in a row are", "OAAO", "..RC", 2, false },
		{ "three are asked for", "AAOAAA", ".....R", 3, false },
		{ "a metric recovers by confirmed runs", "AAOAOO", ".R...C", 2, true },
		{ "worsens, eases, is over", "AASSAAO", ".R.W.EC", 2, false },
		{ "each level in turn", "PUASO", "RWWWC", 1, false },
		{ "the mildest of the runs counts", "OASAO", "..R.C", 2, false },
		{ "then the worse one by itself", "OASSO", "..RWC", 2, false },
		{ "unknown counts as plan's worse", "PPUUPPO", ".R.W.EC", 2, false },
		{ "act out of sight stays open, told once", "AAUUUUAAO", ".R.L....C", 2, false },
		{ "stop out of sight and act again", "SSUUAAO", ".R.L.EC", 2, false },
		{ "out of sight and worse", "AAUUSSO", ".R.L.WC", 2, false },
		{ "out of sight and over", "AAUUO", ".R.LC", 2, false },
		{ "twice out of sight is told twice", "AUAUO", "RL.LC", 1, false },
		{ "plan from act eases", "AAPPOO", ".R.EC.", 2, false },
		{ "two better runs ease to the worse of them", "AAPOAA", ".R.E.W", 2, true },
		{ "fine all the time", "OOOOOO", "......", 1, false },
	};
	char told[RUNS];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rig r = rig(cases[i].confirm, cases[i].metric);

		T_TEXT(cases[i].row, runs(&r, cases[i].seen, told), cases[i].told);
	}
}

/* Every pair of levels, straight from one to the other, gives what the table of the policy says. */
static void
pairs(void)
{
	static const char *const want[LEVEL_N] = { ".RRRR", "C.WWW", "CE.WW", "CEL.W", "CELE." };

	for (int a = 0; a < LEVEL_N; a++)
		for (int b = 0; b < LEVEL_N; b++) {
			struct rig r = rig(1, false);
			char row[] = "O to O";

			row[0] = SEEN[a];
			row[5] = SEEN[b];
			see(&r, SEEN[a]);
			pass(&r, EVERY);
			T_INT(row, see(&r, SEEN[b]), want[a][b]);
		}
}

static void
confirm_by_time(void)
{
	struct rig r = rig(2, false);

	see(&r, 'A');
	pass(&r, SPAN_S);
	T_INT("a run forced by hand a second later confirms nothing", see(&r, 'A'), '.');
	pass(&r, EVERY - EVERY / 10 - SPAN_S - SPAN_US);
	T_INT("nor one just short of the time", see(&r, 'A'), '.');
	pass(&r, SPAN_US);
	T_INT("at the time it does", see(&r, 'A'), 'R');
	T_INT("the same run again tells nothing", see(&r, 'A'), '.');
	T_INT("confirm 0 is 1", policy_terms_of(0, 0, EVERY, 0).confirm, 1);
	T_INT("and needs no time", policy_terms_of(0, 1, EVERY, 0).confirm_for, 0);
	T_TRUE("a long time does not overflow",
	    policy_terms_of(0, 1 << 30, SPAN_MAX / 2, 0).confirm_for > SPAN_MAX / 2);
}

static void
recovery_and_calm(void)
{
	struct rig r = rig(1, false);

	T_INT("raised", see(&r, 'A'), 'R');
	pass(&r, POLICY_CALM - SPAN_US);
	T_INT("a recovery within the calm waits", see(&r, 'O'), '.');
	pass(&r, SPAN_US);
	T_INT("and is told at its end", see(&r, 'O'), 'C');
	T_INT("by the number that was raised", (int)r.out.alert, 1);
	T_INT("which began then", r.out.since, START);
	T_INT("from act", r.out.previous, LEVEL_ACT);
	pass(&r, EVERY);
	T_INT("the next is another alert", see(&r, 'A'), 'R');
	T_INT("with another number", (int)r.out.alert, 2);
}

static void
sinks(void)
{
	struct rig r = rig(1, false);
	static const uint64_t wants[LEVEL_N] = { 0, 1, 2, 4, (uint64_t)1 << 63 };

	memcpy(r.n.sinks, wants, sizeof(wants));
	r.t.remind = SPAN_DAY;
	see(&r, 'P');
	T_TRUE("plan goes to its sink", r.out.sinks == 1);
	pass(&r, EVERY);
	see(&r, 'A');
	T_TRUE("a rise to its own and to those who were told", r.out.sinks == (1 | 4));
	pass(&r, EVERY);
	see(&r, 'S');
	T_TRUE("also the last bit", r.out.sinks == (1 | 4 | (uint64_t)1 << 63));
	pass(&r, EVERY);
	see(&r, 'A');
	T_TRUE("an easing to all who were told", r.out.sinks == (1 | 4 | (uint64_t)1 << 63));
	r.st.valid_until = instant_plus(r.n.now, 2 * SPAN_DAY);
	pass(&r, SPAN_DAY);
	T_INT("a reminder", tick(&r), 'M');
	T_TRUE("only to the sinks of its level", r.out.sinks == 4);
	see(&r, 'O');
	T_TRUE("the end to all who were told", r.out.sinks == (1 | 4 | (uint64_t)1 << 63));
	T_TRUE("and then nobody is told of anything", r.st.told_to == 0);
	r = rig(1, false);
	memcpy(r.n.sinks, wants, sizeof(wants));
	see(&r, 'A');
	pass(&r, EVERY);
	see(&r, 'O');
	T_TRUE("who was not told of it is not told that it is over", r.out.sinks == 4);
}

/* Runs for `d` on the same level and counts one kind of outcome. */
static int
during(struct rig *r, span d, char level, char counted)
{
	int n = 0;

	for (span t = 0; t < d; t += EVERY, pass(r, EVERY)) {
		n += see(r, level) == counted;
		n += tick(r) == counted;
	}
	return n;
}

static void
reminders(void)
{
	static const struct {
		const char *row;
		char level;
		span remind;
		bool dated;
		int want;
	} cases[] = {
		{ "act once a day", 'A', SPAN_DAY, false, 9 },
		{ "stop too", 'S', SPAN_DAY, false, 9 },
		{ "unknown too", 'U', SPAN_DAY, false, 9 },
		{ "plan never: the digest lists it", 'P', SPAN_DAY, false, 0 },
		{ "every four hours", 'A', 4 * SPAN_H, false, 59 },
		{ "a date at most once a day", 'A', 4 * SPAN_H, true, 9 },
		{ "none, if none are wanted", 'S', 0, false, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rig r = rig(1, false);

		r.t.remind = cases[i].remind;
		r.dated = cases[i].dated;
		T_INT(cases[i].row, see(&r, cases[i].level), 'R');
		pass(&r, EVERY);
		T_INT(cases[i].row, during(&r, 10 * SPAN_DAY - EVERY, cases[i].level, 'M'),
		    cases[i].want);
	}
}

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

	see(&r, 'A');
	r.n.exceptions = &x;
	r.n.nexceptions = 1;
	T_INT("an approved exception ends the alert", tick(&r), 'C');
	T_INT("by its name", r.out.why, WHY_EXCEPTED);
	T_INT("and stands as excepted", r.st.gate, GATE_EXCEPTED);
	pass(&r, EVERY);
	T_INT("not counted", during(&r, SPAN_DAY - 2 * EVERY, 'A', 'R'), 0);
	T_INT("worse than approved is told", see(&r, 'S'), 'R');
	pass(&r, POLICY_CALM);
	T_INT("as approved again: the alert ends", see(&r, 'A'), 'C');
	r.n.now = x.until - 1;
	r.st.valid_until = x.until;
	T_INT("quiet up to the last moment", tick(&r), '.');
	r.n.now = x.until;
	T_INT("counted again the day it ends", tick(&r), 'R');
	T_INT("and why", r.out.why, WHY_EXCEPTION_ENDED);
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
dated(void)
{
	struct rig r = rig(1, false);
	char told[RUNS];

	r.dated = true;
	T_TEXT("one notice a step", runs(&r, "OPPPAAASSSO", told), ".R..W..W..C");
	r = rig(1, false);
	r.dated = true;
	T_TEXT("a forecast that wavers is told once a day", runs(&r, "APAPAPAPSPSPS", told),
	    "R.......W....");
	T_INT("the easing is told when the day is over", during(&r, 2 * SPAN_DAY, 'P', 'E'), 1);
	r = rig(1, false);
	r.dated = true;
	see(&r, 'P');
	pass(&r, EVERY);
	see(&r, 'S');
	T_INT("two steps at once are one notice", r.out.why, WHY_STEP);
	T_INT("from plan", r.out.previous, LEVEL_PLAN);
}

static void
stale(void)
{
	struct rig r = rig(3, false);

	see(&r, 'O');
	pass(&r, 2 * EVERY);
	T_INT("to the last moment it is believed", tick(&r), '.');
	pass(&r, SPAN_US);
	T_INT("past it somebody is told", tick(&r), 'R');
	T_INT("that nothing came", r.out.why, WHY_STALE);
	T_INT("so it is unknown", r.out.level, LEVEL_UNKNOWN);
	T_INT("once", tick(&r), '.');
	pass(&r, EVERY);
	T_INT("a good run ends it at once", see(&r, 'O'), 'C');

	r = rig(1, false);
	see(&r, 'S');
	pass(&r, SPAN_DAY);
	T_INT("a stop that goes stale stays open", tick(&r), 'L');
	T_INT("as stop", r.out.level, LEVEL_STOP);

	r = rig(1, false);
	see(&r, 'O');
	pass(&r, 3 * SPAN_DAY);
	r.n.awake = r.n.now;
	T_INT("after a weekend asleep nothing is blamed", tick(&r), '.');
	pass(&r, 2 * EVERY);
	T_INT("until it had the time to run", tick(&r), '.');
	pass(&r, SPAN_US);
	T_INT("and did not", tick(&r), 'R');

	r = rig(1, false);
	pass(&r, SPAN_DAY);
	T_INT("what never ran has nothing that is stale", tick(&r), '.');
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

static void
clock_jumps(void)
{
	struct rig r = rig(1, false);

	r.t.remind = SPAN_DAY;
	see(&r, 'A');
	r.n.now -= (instant)3650 * 86400 * INSTANT_S;
	r.n.awake = r.n.now;
	T_INT("ten years back: nothing is told again", see(&r, 'A'), '.');
	pass(&r, SPAN_DAY);
	T_INT("and reminders go on from there", see(&r, 'A'), 'M');
	r.n.now += (instant)7300 * 86400 * INSTANT_S;
	r.n.awake = r.n.now;
	T_INT("twenty forward: a reminder, no staleness", tick(&r), 'M');
	pass(&r, EVERY);
	T_INT("over", see(&r, 'O'), 'C');
}

static void
retired(void)
{
	struct rig r = rig(1, false);

	T_TRUE("nothing open", !policy_retire(&r.st, &r.n, &r.out));
	see(&r, 'A');
	T_TRUE("no longer checked: the alert ends", policy_retire(&r.st, &r.n, &r.out));
	T_INT("as resolved", r.out.kind, EVENT_RESOLVED);
	T_TRUE("once", !policy_retire(&r.st, &r.n, &r.out));
}

static void
ids(void)
{
	char a[EVENT_ID], b[EVENT_ID];

	T_TEXT("the same alert, the same id", policy_alert_id("s/h/c/t/r", 1, START, a),
	    policy_alert_id("s/h/c/t/r", 1, START, b));
	T_INT("32 digits", strspn(a, "0123456789abcdef"), 32);
	T_TRUE("another alert", strcmp(a, policy_alert_id("s/h/c/t/r", 2, START, b)) != 0);
	T_TRUE("another time", strcmp(a, policy_alert_id("s/h/c/t/r", 1, START + 1, b)) != 0);
	T_TRUE("another thing", strcmp(a, policy_alert_id("s/h/c/t/q", 1, START, b)) != 0);
	for (int w = 0; w < WHY_N; w++)
		T_TRUE("each reason has a name", policy_why_name((enum policy_why)w) != NULL);
}

int
main(void)
{
	levels();
	pairs();
	confirm_by_time();
	recovery_and_calm();
	sinks();
	reminders();
	acknowledged();
	silences();
	exceptions();
	parents();
	flapping();
	flapping_slowly();
	dated();
	stale();
	first_run();
	clock_jumps();
	retired();
	ids();
	return t_end();
}
