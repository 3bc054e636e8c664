/* SPDX-License-Identifier: Apache-2.0
 *
 * What a chart shows of a history, and where a forecast leads.
 */
#include "tests/page_scene.h"
#include "tests/t.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

/* Further away than three times what was measured: as far as the paper goes. */
static void
far_forecast(void)
{
	const struct deadline d = { DEADLINE_FORECAST, now + 40 * DAY, now + 35 * DAY,
		now + 60 * DAY, 0 };
	struct scene *s = scene(1);
	struct metric two[2];
	struct str out;

	add_series(s, 0, 0.5);
	s->items[0].deadline = d;
	out = drawn(s);
	T_INT("the way is drawn", times(out.s, "class=\"next\""), 1);
	T_INT("the range is past the edge", times(out.s, "class=\"range\""), 0);
	T_HAS("the edge is 30 days ahead", out.s, ">Sun 14 Feb</text>");
	T_HAS("the words say when", out.s, "It reaches the limit about Wed 24 Feb");
	str_fini(&out);
	s = scene(1);
	add_series(s, 0, 0.5);
	s->items[0].deadline = d;
	two[0] = two[1] = s->metric;
	s->items[0].metrics = two;
	s->items[0].nmetrics = 2;
	out = drawn(s);
	T_INT("of two metrics nobody says whose it is", times(out.s, "class=\"next\""), 0);
	T_INT("nor in words", times(out.s, "It reaches the limit"), 0);
	T_INT("nor that there is none", times(out.s, "No day can be named"), 0);
	str_fini(&out);
}

static double
after(const char *text, const char *part)
{
	const char *p = strstr(text, part);

	return p != NULL ? strtod(p + strlen(part), NULL) : -1;
}

/* The forecast is of the hard limit, so its line goes there, through the one that warns; a range
 * that begins at 0 has no line there. */
static void
goal(void)
{
	static const struct {
		const char *row;
		double from, to, lo, end;
		bool crit;
	} cases[] = {
		{ "up to the hard limit", 0, 0.5, -1, 1, true },
		{ "down to the other one", 0, -0.5, -1, -1, true },
		{ "up from 0", 0.1, 0.5, 0, 1, true },
		{ "one limit alone", 0, 0.5, -1, 0.8, false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		char line[64];
		struct str out;
		double x, y;

		add_series(s, cases[i].from, cases[i].to);
		s->metric.crit.set = cases[i].crit;
		s->metric.crit.lo = cases[i].lo;
		s->metric.warn.lo = cases[i].lo;
		s->items[0].deadline = (struct deadline){ DEADLINE_FORECAST, now + 6 * DAY,
			now + 5 * DAY, now + 8 * DAY, 0 };
		out = drawn(s);
		y = after(
		    out.s, cases[i].crit ? "class=\"limit\" d=\"M64 " : "class=\"warn\" d=\"M64 ");
		x = after(strstr(out.s, "class=\"next\""), "L");
		snprintf(line, sizeof(line), "L%.1f %.1f\"", x, y);
		T_HAS(cases[i].row, strstr(out.s, "class=\"next\""), line);
		T_INT(cases[i].row,
		    times(out.s, "class=\"limit\"") + times(out.s, "class=\"warn\""),
		    cases[i].lo < 0 && cases[i].to < 0 ? 1
		    : cases[i].crit                    ? 2
						       : 1);
		str_fini(&out);
	}
}

/* It was set right on the way: what counts is where it goes since then. */
static void
turned(void)
{
	struct scene *s = scene(1);
	struct sample v[20];
	struct str out;

	add_series(s, 0, 0.5);
	for (int k = 0; k < 20; k++)
		v[k] = (struct sample){ now - (19 - k) * DAY, k < 8 ? 0.7 : 0.02 * k, 0 };
	s->series[0].samples = v;
	s->series[0].n = 20;
	s->items[0].deadline =
	    (struct deadline){ DEADLINE_FORECAST, now + 6 * DAY, now + 5 * DAY, now + 8 * DAY, 0 };
	out = drawn(s);
	T_HAS("upwards, whatever was before", out.s, ">1 s</text>");
	T_INT("and not downwards", times(out.s, ">-1 s</text>"), 0);
	str_fini(&out);
}

static void
holes(void)
{
	static const struct {
		const char *row;
		double v[5];
		size_t figures, lines;
		const char *words;
	} cases[] = {
		{ "whole", { 0.1, 0.2, 0.3, 0.4, 0.5 }, 1, 1, "<figcaption>500 ms now" },
		{ "in the middle", { 0.1, 0.2, NAN, 0.4, 0.5 }, 1, 2, "<figcaption>500 ms now" },
		{ "one by itself", { 0.1, NAN, 0.3, NAN, 0.5 }, 1, 3, "<figcaption>500 ms now" },
		{ "at the ends", { NAN, 0.2, 0.3, 0.4, NAN }, 1, 1,
		    "400 ms Thu 08:00, give or take 100 ms, not measured since;" },
		{ "all but one", { NAN, NAN, 0.3, NAN, NAN }, 0, 0, "measured twice yet" },
		{ "infinite", { INFINITY, 0.2, 0.3, -INFINITY, 0.5 }, 1, 2,
		    "<figcaption>500 ms now" },
		{ "more than a number can be", { -DBL_MAX, 0, 0, 0, DBL_MAX }, 0, 0,
		    "measured twice yet" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene *s = scene(1);
		struct sample v[5];
		struct str out;

		add_series(s, 0, 0.5);
		for (int k = 0; k < 5; k++)
			v[k] = (struct sample){ now - (4 - k) * DAY, cases[i].v[k],
				k == 2 ? -1 : 0.1 };
		s->series[0].samples = v;
		s->series[0].n = 5;
		out = drawn(s);
		T_INT(cases[i].row, times(out.s, "<figure>"), cases[i].figures);
		T_INT(cases[i].row, times(out.s, "class=\"value\""), cases[i].lines);
		T_HAS(cases[i].row, out.s, cases[i].words);
		T_TRUE("nothing is drawn that is no number",
		    strstr(out.s, "nan") == NULL && strstr(out.s, "inf") == NULL);
		str_fini(&out);
	}
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	far_forecast();
	holes();
	goal();
	turned();
	return t_end();
}
