/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/judge.h"
#include "tests/t.h"

#define D SPAN_DAY

/* The examples of rule C, and its edges. */
static void
rule_c(void)
{
	static const struct {
		const char *row;
		span life, lead;
		double plan, act, stop; /* days */
	} cases[] = {
		{ "two years, three weeks", 730 * D, 21 * D, 90, 28, 7 },
		{ "a year, 45 days", 365 * D, 45 * D, 90, 52, 7 },
		{ "47 days, five", 47 * D, 5 * D, 14.1, 9.4, 7 },
		{ "a week, one day", 7 * D, 1 * D, 2.1, 1.4, 1.05 },
		{ "life unknown counts as a year", 0, 45 * D, 90, 52, 7 },
		{ "no lead time at all", 365 * D, 0, 90, 7, 7 },
		{ "a lead longer than the life", 10 * D, 30 * D, 60, 30, 1.5 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rule_c c = judge_rule_c(cases[i].life, cases[i].lead);

		T_NEAR(cases[i].row, (double)c.plan / D, cases[i].plan, 0.001);
		T_NEAR(cases[i].row, (double)c.act / D, cases[i].act, 0.001);
		T_NEAR(cases[i].row, (double)c.stop / D, cases[i].stop, 0.001);
	}
}

static void
rule_c_order(void)
{
	bool ordered = true;

	for (span life = SPAN_MIN; life > 0 && life < SPAN_MAX / 3; life *= 3)
		for (span lead = 0; lead >= 0 && lead < SPAN_MAX / 4; lead = lead * 3 + SPAN_S) {
			struct rule_c c = judge_rule_c(life, lead);

			ordered = ordered && c.plan >= c.act && c.act >= c.stop && c.stop > 0;
		}
	T_TRUE("plan >= act >= stop for every life and lead", ordered);
}

static const instant now = 1800000000 * INSTANT_S;

static struct deadline
in_days(double days)
{
	instant at = now + (instant)(days * 86400 * (double)INSTANT_S);

	return (struct deadline){ DEADLINE_KNOWN, at, at, at, 730 * D };
}

static void
deadlines(void)
{
	static const struct {
		const char *row;
		double days;
		bool renewed;
		enum level want;
	} cases[] = {
		{ "far away is fine", 91, false, LEVEL_OK },
		{ "90 days left is for the plan", 90, false, LEVEL_PLAN },
		{ "28 is to act", 28, false, LEVEL_ACT },
		{ "just above it is still plan", 28.01, false, LEVEL_PLAN },
		{ "7 is stop", 7, false, LEVEL_STOP },
		{ "the very moment is stop", 0, false, LEVEL_STOP },
		{ "the past is stop", -400, false, LEVEL_STOP },
		{ "a program renews it: quiet", 243, true, LEVEL_OK },
		{ "it is a little late: still quiet", 200, true, LEVEL_OK },
		{ "overdue by a tenth of its life: act", 170, true, LEVEL_ACT },
		{ "and at the end stop", 6, true, LEVEL_STOP },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct deadline d = in_days(cases[i].days);
		struct judge_terms t = { .lead = 21 * D, .auto_renew = cases[i].renewed };

		T_INT(cases[i].row, judge_deadline(&d, &t, now), cases[i].want);
	}
}

/* A check of many things: each has its own remedy. */
static void
own_leads(void)
{
	static const struct rule rules[] = {
		{ .name = "x.date",
		    .title = "t",
		    .by = BY_DEADLINE,
		    .so_what = "so",
		    .do_now = "do" },
		{ .name = NULL },
	};
	struct item items[] = { { .rule = "x.date", .deadline = in_days(60) },
		{ .rule = "x.date", .deadline = in_days(60), .lead = 70 * D },
		{ .rule = "x.date", .deadline = in_days(60), .auto_renew = true } };
	struct result r = { .items = items, .nitems = 3 };
	const struct judge_terms t = { .lead = 45 * D };

	items[2].deadline.life = 90 * D;
	judge_result(&r, rules, &t, now);
	T_INT("the check's lead", items[0].verdict.level, LEVEL_PLAN);
	T_INT("its own lead", items[1].verdict.level, LEVEL_ACT);
	T_INT("its own last day to start",
	    instant_minus(items[1].deadline.at, items[1].verdict.start_by), 70 * D);
	T_INT("one that a program renews, beside others", items[2].verdict.level, LEVEL_OK);
}

static void
forecasts(void)
{
	struct deadline d = in_days(60);
	struct judge_terms t = { .lead = 21 * D, .auto_renew = false };

	d.kind = DEADLINE_FORECAST;
	T_INT("likely in 60 days: plan", judge_deadline(&d, &t, now), LEVEL_PLAN);
	d.earliest = now + 20 * 86400 * INSTANT_S;
	T_INT("perhaps in 20: act", judge_deadline(&d, &t, now), LEVEL_ACT);
	d.earliest = now - 1;
	T_INT("perhaps already: stop", judge_deadline(&d, &t, now), LEVEL_STOP);
	d.kind = DEADLINE_NONE;
	T_INT("no date: fine", judge_deadline(&d, &t, now), LEVEL_OK);
}

static const struct rule in_hours[] = {
	{ .name = "x.offset",
	    .title = "t",
	    .by = BY_METRIC,
	    .so_what = "so",
	    .do_now = "do",
	    .so_ahead = "so ahead",
	    .do_ahead = "do ahead",
	    .lead = 4 * SPAN_H },
	{ .name = "x.paper", .title = "t", .by = BY_DEADLINE, .so_what = "so", .do_now = "do" },
	{ .name = NULL },
};

/* The forecast of a rule with a lead of its own; hours. */
static void
leads_of_hours(void)
{
	static const struct {
		const char *row;
		double earliest, at;
		span stated;
		enum level want;
		double start_by;
	} cases[] = {
		{ "in two months", 1000, 1440, -1, LEVEL_PLAN, 1436 },
		{ "in 12 hours and a bit", 12.01, 14, -1, LEVEL_PLAN, 10 },
		{ "perhaps in 12", 12, 14, -1, LEVEL_ACT, 10 },
		{ "in 8, at 44 % of the limit", 7, 8, -1, LEVEL_ACT, 4 },
		{ "perhaps in 3, likely in 5", 3, 5, -1, LEVEL_ACT, 1 },
		{ "likely in 4 and a bit", 3, 4.01, -1, LEVEL_ACT, 0.01 },
		{ "nobody can act in less than 4", 3, 4, -1, LEVEL_STOP, 0 },
		{ "it is there", -1, 0, -1, LEVEL_STOP, -4 },
		{ "two days are stated: start by then", 80, 90, 2 * D, LEVEL_PLAN, 42 },
		{ "act from two days and 8 hours", 56, 60, 2 * D, LEVEL_ACT, 12 },
		{ "but stop is for hours", 5, 6, 2 * D, LEVEL_ACT, -42 },
		{ "and then", 3, 4, 2 * D, LEVEL_STOP, -44 },
		{ "an hour is stated", 2, 3, SPAN_H, LEVEL_ACT, 2 },
		{ "less than that hour", 0.5, 1, SPAN_H, LEVEL_STOP, 0 },
		{ "no lead at all", 0.1, 0.2, 0, LEVEL_ACT, 0.2 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct item it = { .target = "a", .rule = "x.offset", .summary = "" };
		struct result r = { .items = &it, .nitems = 1 };
		struct judge_terms t = { .lead = cases[i].stated };

		it.deadline = in_days(cases[i].at / 24);
		it.deadline.kind = DEADLINE_FORECAST;
		it.deadline.earliest = in_days(cases[i].earliest / 24).at;
		judge_result(&r, in_hours, &t, now);
		T_INT(cases[i].row, it.verdict.level, cases[i].want);
		T_NEAR(cases[i].row, (double)(it.verdict.start_by - now) / 3600e6,
		    cases[i].start_by, 0.001);
	}
}

/* What is within its limits does no harm yet, and is not said to. */
static void
words_ahead(void)
{
	struct metric m = { "offset", UNIT_SECONDS, 0.4, 0.01, { true, false, -0.5, 0.5 },
		{ true, false, -1, 1 } };
	struct item it = { .target = "a", .rule = "x.offset", .metrics = &m, .nmetrics = 1 };
	struct result r = { .items = &it, .nitems = 1 };
	struct judge_terms t = { .lead = -1 };

	it.deadline = in_days(0.3);
	it.deadline.kind = DEADLINE_FORECAST;
	judge_result(&r, in_hours, &t, now);
	T_TEXT("what will be", it.verdict.so_what, "so ahead");
	T_TEXT("and to do before", it.verdict.do_now, "do ahead");
	m.value = 0.6;
	judge_result(&r, in_hours, &t, now);
	T_TEXT("what is", it.verdict.so_what, "so");
}

static void
leads_unstated(void)
{
	const struct rule *clock = &in_hours[0], *paper = &in_hours[1];
	struct rule_c most = judge_hours(SPAN_H, SPAN_MAX);

	T_INT("a forecast in hours", judge_lead(clock, DEADLINE_FORECAST, -1), 4 * SPAN_H);
	T_INT("a paper of the same rule", judge_lead(clock, DEADLINE_KNOWN, -1), JUDGE_LEAD);
	T_INT("a paper", judge_lead(paper, DEADLINE_KNOWN, -1), JUDGE_LEAD);
	T_INT("its forecast", judge_lead(paper, DEADLINE_FORECAST, -1), JUDGE_LEAD);
	T_INT("stated", judge_lead(clock, DEADLINE_FORECAST, 0), 0);
	T_TRUE("no lead is too long", most.act == SPAN_MAX && most.stop == SPAN_H);
}

static void
metrics(void)
{
	static const struct range warn = { true, false, -0.5, 0.5 }, crit = { true, false, -1, 1 },
				  none = { 0 }, inside = { true, true, 10, 20 };
	static const struct {
		const char *row;
		double value, bound;
		struct range warn, crit;
		enum level want;
	} cases[] = {
		{ "well inside", 0.1, 0.01, warn, crit, LEVEL_OK },
		{ "at the end, exactly", 0.5, 0, warn, crit, LEVEL_OK },
		{ "past it", 0.51, 0, warn, crit, LEVEL_ACT },
		{ "past the hard limit", -1.2, 0.1, warn, crit, LEVEL_STOP },
		{ "inside the hard limit, the soft one not proven", 0.4, 0.2, warn, crit,
		    LEVEL_PLAN },
		{ "so up to the end of the hard limit", 0.4, 0.6, warn, crit, LEVEL_PLAN },
		{ "and not past it", 0.4, 0.61, warn, crit, LEVEL_UNKNOWN },
		{ "the only limit not proven, a soft one", 0.4, 0.2, warn, none, LEVEL_UNKNOWN },
		{ "the only limit not proven, a hard one", 0.9, 0.2, none, crit, LEVEL_UNKNOWN },
		{ "outside warn for sure, crit open", 0.95, 0.1, warn, crit, LEVEL_ACT },
		{ "wider than everything", 0, 5, warn, crit, LEVEL_UNKNOWN },
		{ "not measured", (double)NAN, 0, warn, crit, LEVEL_UNKNOWN },
		{ "not measured, no limit", (double)NAN, 0, none, none, LEVEL_OK },
		{ "an inverted range alerts inside", 15, 0, inside, none, LEVEL_ACT },
		{ "and is fine outside", 21, 0, inside, none, LEVEL_OK },
		{ "its ends are inside", 10, 0, inside, none, LEVEL_ACT },
		{ "across its end nothing is proven", 20, 1, inside, none, LEVEL_UNKNOWN },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct metric m = { "m", UNIT_SECONDS, cases[i].value, cases[i].bound,
			cases[i].warn, cases[i].crit };
		const char *doubt = NULL;

		T_INT(cases[i].row, judge_metric(&m, &doubt), cases[i].want);
		if (cases[i].want == LEVEL_UNKNOWN || cases[i].want == LEVEL_PLAN)
			T_TRUE("a doubt is named", doubt != NULL);
	}
}

static const struct finding findings[] = {
	{ "low", LEVEL_ACT, "so low", "do low" },
	{ "locked", LEVEL_STOP, "so locked", "do locked" },
	{ .key = NULL },
};
static const struct rule rules[] = {
	{ .name = "x.pin",
	    .title = "t",
	    .by = BY_FINDING,
	    .findings = findings,
	    .so_what = "so",
	    .do_now = "do",
	    .unknown_do = "look" },
	{ .name = "x.end",
	    .title = "t",
	    .by = BY_DEADLINE,
	    .so_what = "so end",
	    .do_now = "do end",
	    .unknown_do = "look" },
	{ .name = "x.offset",
	    .title = "t",
	    .by = BY_METRIC,
	    .so_what = "so off",
	    .do_now = "do off",
	    .unknown_do = "look" },
	{ .name = NULL },
};

/* What is proven within the hard limit alone claims no harm and asks for a better measurement. */
static void
unproven(void)
{
	struct metric m = { "m", UNIT_SECONDS, 0, 0.7, { true, false, -0.5, 0.5 },
		{ true, false, -1, 1 } };
	struct item it = { .target = "a",
		.rule = "x.offset",
		.state = ITEM_FINE,
		.summary = "",
		.metrics = &m,
		.nmetrics = 1 };
	struct result r = { .items = &it, .nitems = 1 };
	struct judge_terms t = { 0 };

	judge_result(&r, rules, &t, now);
	T_INT("the soft limit is not proven: plan", it.verdict.level, LEVEL_PLAN);
	T_TEXT("what to do about that", it.verdict.do_now, "look");
	T_TEXT("claims no harm", it.verdict.so_what,
	    "Between the soft limit and the hard one, trouble goes unseen");
	m.value = 0.6;
	m.bound = 0.05;
	judge_result(&r, rules, &t, now);
	T_INT("past the soft limit: act", it.verdict.level, LEVEL_ACT);
	T_TEXT("does what the rule says", it.verdict.do_now, "do off");
}

static void
results(void)
{
	struct item items[] = {
		{ .target = "a", .rule = "x.pin", .state = ITEM_FINE, .summary = "" },
		{ .target = "b",
		    .rule = "x.pin",
		    .state = ITEM_FOUND,
		    .finding = "low",
		    .summary = "" },
		{ .target = "c", .rule = "x.pin", .state = ITEM_UNKNOWN, .summary = "" },
		{ .target = "d", .rule = "x.end", .state = ITEM_FINE, .summary = "" },
		{ .target = "e", .rule = "x.run", .state = ITEM_UNKNOWN, .summary = "" },
	};
	struct result r = { .items = items, .nitems = 5 };
	struct judge_terms t = { .lead = 21 * D, .auto_renew = false };

	items[3].deadline = in_days(20);
	judge_result(&r, rules, &t, now);
	T_INT("nothing found is fine", items[0].verdict.level, LEVEL_OK);
	T_TEXT("and needs no advice", items[0].verdict.do_now, NULL);
	T_INT("a finding has its own level", items[1].verdict.level, LEVEL_ACT);
	T_TEXT("and its own advice", items[1].verdict.do_now, "do low");
	T_INT("could not check is unknown", items[2].verdict.level, LEVEL_UNKNOWN);
	T_TEXT("and says what to do about that", items[2].verdict.do_now, "look");
	T_TEXT("but claims no consequence of what it did not see", items[2].verdict.so_what,
	    "Until it is checked again, trouble goes unseen");
	T_INT("a date is judged by rule C", items[3].verdict.level, LEVEL_ACT);
	T_INT("start by is the deadline less the lead", items[3].verdict.start_by,
	    now - 86400 * INSTANT_S);
	T_INT("a failed run is unknown", items[4].verdict.level, LEVEL_UNKNOWN);
	T_INT("act is worse than unknown", r.level, LEVEL_ACT);
	r.nitems = 1;
	judge_result(&r, rules, &t, now);
	T_INT("only fine items: fine", r.level, LEVEL_OK);
	r.nitems = 0;
	judge_result(&r, rules, &t, now);
	T_INT("no item at all is never fine", r.level, LEVEL_UNKNOWN);
}

int
main(void)
{
	rule_c();
	rule_c_order();
	deadlines();
	own_leads();
	forecasts();
	leads_of_hours();
	leads_unstated();
	words_ahead();
	metrics();
	unproven();
	results();
	return t_end();
}
