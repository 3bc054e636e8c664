/* SPDX-License-Identifier: Apache-2.0
 *
 * Rule B at its limits: each sign by itself, two together, what lasts, what a person accepted.
 */
#include "judge/judge.h"
#include "judge/runs.h"
#include "model/accepting.h"
#include "tests/t.h"

#define GB 1e9
#define N 20 /* runs of a usual job */

static struct job_run runs[RUNS_MAX];
static struct job_runs r;

/* Nightly runs of 10 GB in 1,000 files and 1,000 s, two of a hundred new. Their bytes go a percent
 * up and down. */
static void
usual(size_t n)
{
	for (size_t i = 0; i < n; i++)
		runs[i] = (struct job_run){ (instant)i * 86400 * INSTANT_S,
			(10 + (i % 2 ? 0.1 : -0.1)) * GB, 1000, 1000, 0.02, false };
	r = (struct job_runs){ RUNS_RULE_B, false, 1e8, runs, n };
}

static const double varies[5] = { 0.87, 1.33, 1, 0.75, 1.15 };

/* One more run. */
static void
add(double bytes, double files, double seconds, double change)
{
	runs[r.n] = (struct job_run){ (instant)r.n * 86400 * INSTANT_S, bytes, files, seconds,
		change, false };
	r.n++;
}

static const char *
told(enum level want, const char *row)
{
	const char *key, *doubt = NULL;

	T_INT(row, runs_judge(&r, &key, &doubt), want);
	return key != NULL ? key : "-";
}

static const struct {
	const char *row;
	double bytes, files, seconds, change;
	enum level level;
	const char *key;
} newest[] = {
	{ "as ever", 10 * GB, 1000, 1000, 0.02, LEVEL_OK, "-" },
	{ "a fifth less is not more than a fifth", 8.01 * GB, 1000, 1000, 0.02, LEVEL_OK, "-" },
	{ "fewer bytes alone are a plan", 7.9 * GB, 1000, 1000, 0.02, LEVEL_PLAN, "shrunk" },
	{ "fewer files alone", 10 * GB, 790, 1000, 0.02, LEVEL_PLAN, "shrunk" },
	{ "two signs", 7.9 * GB, 790, 1000, 0.02, LEVEL_ACT, "shrunk" },
	{ "half of the bytes", 4.9 * GB, 1000, 1000, 0.02, LEVEL_ACT, "shrunk" },
	{ "half of the files", 10 * GB, 490, 1000, 0.02, LEVEL_ACT, "shrunk" },
	{ "no byte", 0, 1000, 1000, 0.02, LEVEL_STOP, "empty" },
	{ "no file", 10 * GB, 0, 1000, 0.02, LEVEL_STOP, "empty" },
	{ "growth below 1.8 times", 17.7 * GB, 1000, 1000, 0.02, LEVEL_OK, "-" },
	{ "growth above", 18.3 * GB, 1000, 1000, 0.02, LEVEL_PLAN, "grown" },
	{ "bytes and files grown", 19 * GB, 1900, 1000, 0.02, LEVEL_ACT, "grown" },
	{ "too fast", 10 * GB, 1000, 90, 0.02, LEVEL_PLAN, "too-fast" },
	{ "not as fast as that", 10 * GB, 1000, 110, 0.02, LEVEL_OK, "-" },
	{ "less takes less time", 7.9 * GB, 1000, 90, 0.02, LEVEL_PLAN, "shrunk" },
	{ "twice the longest", 10 * GB, 1000, 1990, 0.02, LEVEL_OK, "-" },
	{ "longer", 10 * GB, 1000, 2010, 0.02, LEVEL_PLAN, "too-slow" },
	{ "rewritten", 10 * GB, 1000, 1000, 0.51, LEVEL_ACT, "rewritten" },
	{ "half is new", 10 * GB, 1000, 1000, 0.50, LEVEL_OK, "-" },
	{ "nothing was measured", NAN, NAN, NAN, NAN, LEVEL_OK, "-" },
};

static void
one_run(void)
{
	for (size_t i = 0; i < sizeof(newest) / sizeof(newest[0]); i++) {
		usual(N);
		add(newest[i].bytes, newest[i].files, newest[i].seconds, newest[i].change);
		T_TEXT(newest[i].row, told(newest[i].level, newest[i].row), newest[i].key);
	}
}

static void
learning(void)
{
	usual(RUNS_LEARN - 1);
	add(1 * GB, 100, 10, 0.9);
	T_TEXT("three runs say nothing yet", told(LEVEL_OK, "three runs"), "-");
	usual(RUNS_LEARN);
	add(1 * GB, 100, 10, 0.9);
	told(LEVEL_ACT, "four do");
	usual(0);
	T_TEXT("no run at all", told(LEVEL_OK, "no run at all"), "-");
	add(0, NAN, NAN, NAN);
	T_TEXT("the first run is empty", told(LEVEL_STOP, "the first run is empty"), "empty");
}

static void
small_ones(void)
{
	usual(N);
	for (size_t i = 0; i < N; i++)
		runs[i].bytes /= 50; /* 200 MB */
	add(0.11 * GB, 1000, 1000, 0.02);
	T_TEXT("90 MB less of 200", told(LEVEL_OK, "90 MB less of 200"), "-");
	runs[N].bytes = 0.099 * GB;
	T_TEXT("half gone, small or not", told(LEVEL_ACT, "half gone"), "shrunk");
	r.min_change = 1e6;
	runs[N].bytes = 0.11 * GB;
	T_TEXT("the floor is the check's", told(LEVEL_PLAN, "the floor is the check's"), "shrunk");
	usual(N);
	for (size_t i = 0; i < N; i++)
		runs[i].files = 12, runs[i].seconds = 20;
	add(10 * GB, 8, 79, 0.02);
	T_TEXT("4 files and 59 s", told(LEVEL_OK, "4 files and 59 s"), "-");
	runs[N].files = 7;
	T_TEXT("5 files", told(LEVEL_PLAN, "5 files"), "shrunk");
}

static void
what_lasts(void)
{
	usual(N);
	for (int i = 0; i < 100; i++)
		add(7.5 * GB, 1000, 1000, 0.02);
	told(LEVEL_ACT, "the alarm does not end by itself");
	usual(N);
	add(7.5 * GB, 1000, 1000, 0.02);
	told(LEVEL_PLAN, "once");
	add(7.5 * GB, 1000, 1000, 0.02);
	told(LEVEL_ACT, "twice in a row");
	usual(N);
	for (size_t i = 0; i < N; i++)
		runs[i].bytes *= varies[i % 5];
	for (int i = 0; i < 2; i++)
		add(6.7 * GB * (i % 2 ? 1.02 : 1), 1000, 1000, 0.02);
	told(LEVEL_OK, "the noise of single runs hides it");
	add(6.7 * GB, 1000, 1000, 0.02);
	T_TEXT("the last four together show it", told(LEVEL_ACT, "the last four"), "shrunk");
}

static void
accepted(void)
{
	usual(N);
	for (int i = 0; i < 5; i++)
		add(5 * GB, 500, 1000, 0.02);
	told(LEVEL_ACT, "nobody accepted it");
	runs[r.n - 1].accepted = true;
	told(LEVEL_OK, "accepted");
	add(5 * GB, 500, 1000, 0.02);
	told(LEVEL_OK, "it is the usual from then on");
	add(2 * GB, 500, 1000, 0.02);
	told(LEVEL_ACT, "and a loss of it is told, by all the runs that were accepted");
	usual(N);
	add(0, 0, 1000, 0);
	runs[N].accepted = true;
	add(0, 0, 1000, 0);
	told(LEVEL_STOP, "nobody accepts the next empty one in advance");
}

static void
incremental(void)
{
	usual(N);
	r.partial = true;
	add(0.6 * GB, 60, 1, 0.9);
	T_TEXT("a small one", told(LEVEL_OK, "a small one"), "-");
	add(0.4 * GB, 60, 1, 0.9);
	T_TEXT("below a twentieth", told(LEVEL_ACT, "below a twentieth"), "shrunk");
	add(30 * GB, 60, 1, 0.9);
	T_TEXT("a large one", told(LEVEL_OK, "a large one"), "-");
	add(0, 0, 1, NAN);
	T_TEXT("an empty one stops nothing", told(LEVEL_ACT, "an empty one"), "empty");
}

static void
literally(void)
{
	usual(1);
	r.way = RUNS_LITERAL;
	add(8 * GB, NAN, NAN, NAN);
	told(LEVEL_OK, "a fifth less than the run before is not more");
	add(6.3 * GB, NAN, NAN, NAN);
	T_TEXT("more than a fifth", told(LEVEL_ACT, "more than a fifth"), "shrunk");
	add(6.3 * GB, NAN, NAN, NAN);
	told(LEVEL_OK, "and the next day it is forgotten");
}

static void
doubts(void)
{
	const char *key, *doubt = NULL;

	usual(N);
	runs_judge(&r, &key, &doubt);
	T_TEXT("a steady job", doubt, NULL);
	for (size_t i = 0; i < N; i++)
		runs[i].bytes *= varies[i % 5];
	runs_judge(&r, &key, &doubt);
	T_HAS("one that varies", doubt, "varies too much");
}

static const struct finding findings[] = {
	{ "empty", LEVEL_STOP, "so empty", "do empty" },
	{ "shrunk", LEVEL_PLAN, "so shrunk", "do shrunk" },
	{ .key = NULL },
};
static const struct rule rules[] = {
	{ .name = "x.size", .title = "t", .by = BY_FINDING | BY_RUNS, .findings = findings },
	{ .name = "x.other", .title = "t", .by = BY_FINDING, .findings = findings },
	{ .name = NULL },
};

/* What the judge makes of an item, and who may accept it. */
static void
judged(void)
{
	struct evidence evidence = { FINDING_KEY, "2026-11-30" };
	struct item it = { .target = "t",
		.rule = "x.size",
		.summary = "s",
		.evidence = &evidence,
		.nevidence = 1 };
	struct result res = { .items = &it, .nitems = 1 };
	const struct judge_terms terms = { .lead = -1 };

	usual(N);
	it.runs = r;
	judge_result(&res, rules, &terms, 0);
	T_INT("like the others", it.verdict.level, LEVEL_OK);
	T_TEXT("nothing to accept", accepting_finding(&it), NULL);
	add(7 * GB, 700, 1000, 0.02);
	it.runs = r;
	judge_result(&res, rules, &terms, 0);
	T_INT("two signs: above the level of the table", it.verdict.level, LEVEL_ACT);
	T_TEXT("its words", it.verdict.do_now, "do shrunk");
	T_TEXT("a person may accept it", accepting_finding(&it), "2026-11-30");
	it.rule = "x.other";
	judge_result(&res, rules, &terms, 0);
	T_INT("another rule has no runs", it.verdict.level, LEVEL_OK);
	it.rule = "x.size";
	it.state = ITEM_UNKNOWN;
	judge_result(&res, rules, &terms, 0);
	T_INT("what was not seen whole is never better than unknown", it.verdict.level, LEVEL_ACT);
}

int
main(void)
{
	one_run();
	learning();
	small_ones();
	what_lasts();
	accepted();
	incremental();
	literally();
	doubts();
	judged();
	return t_end();
}
