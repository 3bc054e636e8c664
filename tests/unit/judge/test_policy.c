/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/rig.h"

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
	r.n.unbroken_since = r.n.now;
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
clock_jumps(void)
{
	struct rig r = rig(1, false);

	r.t.remind = SPAN_DAY;
	see(&r, 'A');
	r.n.now -= (instant)3650 * 86400 * INSTANT_S;
	r.n.unbroken_since = r.n.now;
	T_INT("ten years back: nothing is told again", see(&r, 'A'), '.');
	pass(&r, SPAN_DAY);
	T_INT("and reminders go on from there", see(&r, 'A'), 'M');
	r.n.now += (instant)7300 * 86400 * INSTANT_S;
	r.n.unbroken_since = r.n.now;
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
	dated();
	stale();
	clock_jumps();
	retired();
	ids();
	return t_end();
}
