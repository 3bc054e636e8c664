/* SPDX-License-Identifier: Apache-2.0
 *
 * The calendar and the drift charts of the status page.
 */
#include "tests/page_scene.h"
#include "tests/t.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* ---- dates */

static void
dates(void)
{
	static const struct {
		const char *row;
		int start, end; /* days from now; 999: none */
		const char *want[2];
	} cases[] = {
		{ "late", -3, 20, { "<b>Tue 12 Jan</b> was the day to start:", "(3 days late)" } },
		{ "today", 0, 20, { "<b>Fri 15 Jan</b> start:", "(today)" } },
		{ "the last day of the calendar", HTML_DAYS - 1, 999,
		    { "<b>Wed 14 Apr</b> start:", "(89 days)" } },
		{ "it ends", 999, 5, { "<b>Wed 20 Jan</b> fails:", "(5 days)" } },
		{ "a day later", HTML_DAYS, 999, { "Nothing has to be started", "" } },
		{ "what has ended is no date to come", 999, -1,
		    { "Nothing has to be started", "" } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		struct item *it = &s->items[0];
		struct str out;

		it->verdict.level = LEVEL_ACT;
		if (cases[i].start != 999)
			it->verdict.start_by = now + cases[i].start * DAY;
		if (cases[i].end != 999)
			it->deadline = (struct deadline){ DEADLINE_KNOWN, now + cases[i].end * DAY,
				now + cases[i].end * DAY, now + cases[i].end * DAY, 0 };
		out = drawn(s);
		for (int k = 0; k < 2; k++)
			T_HAS(cases[i].row, out.s, cases[i].want[k]);
		T_INT(cases[i].row, times(out.s, "class=\"day"), HTML_DAYS);
		T_INT("one today", times(out.s, "class=\"day today\""), 1);
		T_TRUE("the title is only words",
		    cases[i].want[1][0] == '\0' || strstr(out.s, "Thing &amp; &lt;b&gt;") != NULL);
		T_INT("and opens nothing", times(out.s, "Thing & <b>"), 0);
		str_fini(&out);
	}
}

/* Certificates that a program renews are late for nobody; what was approved asks for nothing; what
 * is forecast is said with its range. */
static void
no_dates(void)
{
	static const struct {
		const char *row;
		enum level level;
		bool excepted;
		enum deadline_kind kind;
		size_t starts, ends;
		const char *want;
	} cases[] = {
		{ "late", LEVEL_ACT, false, DEADLINE_KNOWN, 1, 1, "fails:" },
		{ "renewed by itself", LEVEL_OK, false, DEADLINE_KNOWN, 0, 1, "(5 days)" },
		{ "approved", LEVEL_OK, true, DEADLINE_KNOWN, 0, 0, "Nothing has to be started" },
		{ "forecast", LEVEL_ACT, false, DEADLINE_FORECAST, 1, 1,
		    "(between 18 and 25 January)" },
		{ "forecast to the day", LEVEL_ACT, false, DEADLINE_FORECAST, 1, 1,
		    "most likely fails: <bdi>Thing &amp; &lt;b&gt;</bdi> <span class=\"soft\">(5 "
		    "days)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		struct item *it = &s->items[0];
		struct str out;

		it->verdict = (struct verdict){ .level = cases[i].level,
			.start_by = now - 3 * DAY,
			.excepted = cases[i].excepted };
		it->deadline = (struct deadline){ cases[i].kind, now + 5 * DAY, now + 3 * DAY,
			now + 10 * DAY, 0 };
		if (strstr(cases[i].row, "to the day") != NULL)
			it->deadline.earliest = it->deadline.latest = it->deadline.at;
		out = drawn(s);
		T_INT(cases[i].row, times(out.s, "was the day to start:"), cases[i].starts);
		T_INT(cases[i].row, times(out.s, "fails:"), cases[i].ends);
		T_HAS(cases[i].row, out.s, cases[i].want);
		str_fini(&out);
	}
}

static void
many_dates(void)
{
	for (size_t n = HTML_DATES_MAX; n <= HTML_DATES_MAX + 1; n++) {
		struct scene *s = scene(n);
		struct str out;

		for (size_t i = 0; i < n; i++) {
			s->items[i].verdict.level = LEVEL_PLAN;
			s->items[i].verdict.start_by = now + (instant)(i % 80) * DAY;
		}
		out = drawn(s);
		T_INT("as many dates as fit", times(out.s, "</b> start:"), HTML_DATES_MAX);
		T_INT(
		    "and one more is counted", times(out.s, "and 1 more date"), n > HTML_DATES_MAX);
		str_fini(&out);
	}
}

/* Every month and every weekday as today, also where clocks change. */
static void
any_today(void)
{
	static const char *const zones[] = { "UTC", "Pacific/Kiritimati", "America/New_York" };

	for (size_t z = 0; z < 3; z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		for (int d = 0; d < 370; d++) {
			struct scene *s = scene(0);
			struct str out;

			s->report.now = s->page.made = now + d * DAY;
			out = drawn(s);
			T_INT("90 days", times(out.s, "class=\"day"), HTML_DAYS);
			str_fini(&out);
		}
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

/* ---- charts */

static void
chart(void)
{
	struct scene *s = scene(1);
	struct str out;

	add_series(s, 0, 0.5);
	s->items[0].deadline =
	    (struct deadline){ DEADLINE_FORECAST, now + 6 * DAY, now + 5 * DAY, now + 8 * DAY, 0 };
	out = drawn(s);
	T_INT("one drawing", times(out.s, "<figure>"), 1);
	T_HAS("the value and how sure it is", out.s, "500 ms now, give or take 30 ms");
	T_HAS("its limits", out.s, "must stay between ");
	T_HAS("when, as a range", out.s,
	    "It reaches the limit about Thu 21 Jan (Wed 20 Jan to Sat 23 Jan).");
	T_INT("the forecast is drawn", times(out.s, "class=\"next\""), 1);
	T_INT("the range too", times(out.s, "class=\"range\""), 1);
	T_INT("the bound", times(out.s, "class=\"bound\""), 1);
	T_INT("the limit it goes to warns first", times(out.s, "class=\"warn\""), 1);
	T_INT("and then stops", times(out.s, "class=\"limit\""), 1);
	T_HAS("the name is only words", out.s, "off&lt;set");
	T_TRUE("nothing is drawn that is no number",
	    strstr(out.s, "nan") == NULL && strstr(out.s, "inf") == NULL);
	str_fini(&out);
}

static void
without_date(void)
{
	struct scene *s = scene(1);
	struct str out;

	add_series(s, 0.1, 0.1);
	s->samples[1].value = NAN;
	out = drawn(s);
	T_INT("a flat line is drawn", times(out.s, "<figure>"), 1);
	T_HAS("and no day is made up", out.s, "No day can be named");
	T_INT("nor drawn", times(out.s, "class=\"next\""), 0);
	T_TRUE("nothing is drawn that is no number",
	    strstr(out.s, "nan") == NULL && strstr(out.s, "inf") == NULL);
	str_fini(&out);
}

static void
odd_series(void)
{
	static const struct {
		const char *row;
		size_t item, metric, n;
	} cases[] = { { "one sample", 0, 0, 1 }, { "no sample", 0, 0, 0 },
		{ "no such item", 1, 0, 3 }, { "no such metric", 0, 1, 3 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		struct str out;

		add_series(s, 0, 0.5);
		s->series[0].item = cases[i].item;
		s->series[0].metric = cases[i].metric;
		s->series[0].n = cases[i].n;
		out = drawn(s);
		T_INT(cases[i].row, times(out.s, "<figure>"), 0);
		T_HAS(cases[i].row, out.s, "Nothing with a limit has been measured twice yet");
		str_fini(&out);
	}
}

/* What needs somebody first is drawn first. */
static void
urgent_first(void)
{
	struct scene *s = scene(2);
	const char *fine, *act;
	struct str out;

	add_series(s, 0, 0.5);
	s->items[1] = s->items[0];
	s->items[0].target = "the fine one";
	s->items[1].target = "the one to act on";
	s->items[1].verdict.level = LEVEL_ACT;
	s->series[s->page.nseries] = s->series[0];
	s->series[s->page.nseries++].item = 1;
	out = drawn(s);
	fine = strstr(strstr(out.s, "id=\"drift\""), "the fine one");
	act = strstr(strstr(out.s, "id=\"drift\""), "the one to act on");
	T_TRUE("both are drawn", fine != NULL && act != NULL);
	T_TRUE("what needs somebody comes first", act < fine);
	str_fini(&out);
}

static void
many_charts(void)
{
	for (size_t n = HTML_CHARTS_MAX; n <= HTML_CHARTS_MAX + 1; n++) {
		struct scene *s = scene(1);
		struct str out;

		for (size_t i = 0; i < n; i++)
			add_series(s, 0, 0.5);
		out = drawn(s);
		T_INT("as many charts as fit", times(out.s, "<figure>"), HTML_CHARTS_MAX);
		T_INT("and one more is counted", times(out.s, "and 1 more;"), n > HTML_CHARTS_MAX);
		str_fini(&out);
	}
}

/* Where a month begins in the first column, that column names both. */
static void
months(void)
{
	static const struct {
		int day; /* from now, Fri 15 Jan 2027 */
		const char *want, *not ;
	} cases[] = {
		{ 0, ">Jan</text>", ">Jan/Feb<" },
		{ 16, ">Jan</text>", ">Jan/Feb<" }, /* Sun 31 Jan: 1 Feb is in the second column */
		{ 10, ">Jan</text>", ">Jan/Feb<" }, /* Mon 25 Jan: to the Sunday */
		{ 45, ">Mar</text>", ">Feb" },      /* Mon 1 Mar */
		{ 73, ">Mar/Apr</text>", ">Mar<" }, /* Mon 29 Mar, and Thu 1 Apr */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		struct str out;

		s->report.now = now + cases[i].day * DAY;
		out = drawn(s);
		T_HAS(cases[i].want, out.s, cases[i].want);
		T_INT(cases[i].not, times(out.s, cases[i].not ), 0);
		T_INT("months are not named twice",
		    times(out.s, "/Apr</text>") + times(out.s, ">Apr</text>") <= 1, 1);
		str_fini(&out);
	}
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	dates();
	no_dates();
	many_dates();
	any_today();
	months();
	chart();
	without_date();
	odd_series();
	urgent_first();
	many_charts();
	return t_end();
}
