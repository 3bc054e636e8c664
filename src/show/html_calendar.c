/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the calendar: the days on which to start and on which something fails: weeks as columns,
 * Monday on top, and the same dates as a list, for who prints it, hears it or sees no colour.
 */
#include "base/day.h"
#include "show/html_private.h"
#include "show/words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ARENA_MAX ((size_t)256 << 20)
#define CELL 26 /* px of the drawing, as are the next two */
#define LEFT 36
#define TOP 22
#define WEEKS ((HTML_DAYS + 6) / 7 + 1)

struct date {
	instant at;
	const struct row *row;
	bool start; /* that day is the last to start; else it fails */
};

struct calendar_day {
	size_t starts, ends;
	enum sign start, end; /* the most urgent of them */
};

static void
local(instant t, struct tm *tm)
{
	time_t s = (time_t)(t / INSTANT_S - (t % INSTANT_S < 0));

	localtime_r(&s, tm);
}

static int
by_date(const void *a, const void *b)
{
	const struct date *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (int)y->row->sign - (int)x->row->sign;
}

/* What lies before the end of the calendar; a day to start also when it has passed. */
static size_t
dates_of(const struct row *rows, size_t n, instant now, struct date *out)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		const struct item *it = rows[i].item;
		instant by = it->verdict.start_by;
		bool late = by != INSTANT_NONE && day_distance(by, now) < 0;

		/* what somebody approved to be as it is asks for nothing */
		if (it->verdict.excepted)
			continue;
		/* nor is anything late that a program renews in time by itself */
		if (by != INSTANT_NONE && day_distance(by, now) < HTML_DAYS &&
		    (!late || it->verdict.level != LEVEL_OK))
			out[k++] = (struct date){ by, &rows[i], true };
		if (it->deadline.kind != DEADLINE_NONE && it->deadline.at >= day_start(now) &&
		    day_distance(it->deadline.at, now) < HTML_DAYS)
			out[k++] = (struct date){ it->deadline.at, &rows[i], false };
	}
	qsort(out, k, sizeof(*out), by_date);
	return k;
}

static void
fill(const struct date *dates, size_t n, instant now, struct calendar_day *cells)
{
	for (size_t i = 0; i < n; i++) {
		int64_t day = day_distance(dates[i].at, now);
		struct calendar_day *c =
		    &cells[day > 0 ? day : 0]; /* what is late is to be started today */
		enum sign s = dates[i].row->sign;

		if (dates[i].start) {
			c->starts++;
			c->start = s > c->start ? s : c->start;
		} else {
			c->ends++;
			c->end = s > c->end ? s : c->end;
		}
	}
}

static void
cell(const struct calendar_day *c, int x, int y, const struct tm *tm, bool today, struct str *out)
{
	str_addf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>",
	    today ? "day today" : "day", x + 1, y + 1, CELL - 2, CELL - 2);
	if (c->starts > 0)
		html_sign_at(out, c->start, false, x + 4, y + 4, CELL - 8);
	else if (c->ends > 0)
		html_sign_at(out, c->end, true, x + 4, y + 4, CELL - 8);
	else
		str_addf(out,
		    "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>",
		    x + CELL / 2, y + 17, tm->tm_mday);
	if (c->starts > 0 &&
	    c->ends > 0) /* both on one day: the start, and the corner of the end */
		str_addf(out, "<path class=\"corner %s\" d=\"M%d %dh-9l9 9z\"/>", sign_name(c->end),
		    x + CELL - 2, y + 2);
	str_addc(out, '\n');
}

/* Over the column of its first day. The first column has one too, of today; where the next month
 * begins in it, too, it has both. */
static void
month(int mon, int x, bool both, struct str *out)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };

	str_addf(out, "<text x=\"%d\" y=\"14\">%s%s%s</text>\n", x + 2, names[mon], both ? "/" : "",
	    both ? names[(mon + 1) % 12] : "");
}

/* A month begins in one of the n days after that noon. */
static bool
month_begins(instant noon, int n)
{
	struct tm tm;

	for (int i = 1; i <= n; i++) {
		local(instant_plus(noon, i * SPAN_DAY), &tm);
		if (tm.tm_mday == 1)
			return true;
	}
	return false;
}

static void
drawing(const struct calendar_day *cells, instant now, struct str *out)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	instant noon =
	    instant_plus(day_start(now), 12 * SPAN_H); /* no change of the clock is near */
	struct tm tm;
	int first;

	local(noon, &tm);
	first = (tm.tm_wday + 6) % 7;
	str_addf(out,
	    "<svg class=\"calendar\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Calendar of "
	    "the next %d "
	    "days; the list below has the same dates\">\n",
	    LEFT + WEEKS * CELL, TOP + 7 * CELL + 2, HTML_DAYS);
	for (int i = 0; i < 7; i++)
		str_addf(out, "<text class=\"soft\" x=\"0\" y=\"%d\">%s</text>\n",
		    TOP + i * CELL + 17, days[i]);
	for (int i = 0; i < HTML_DAYS; i++) {
		int at = first + i, x = LEFT + at / 7 * CELL;

		local(instant_plus(noon, i * SPAN_DAY), &tm);
		if (i == 0)
			month(tm.tm_mon, x, month_begins(noon, 6 - first), out);
		else if (tm.tm_mday == 1 && at >= 7)
			month(tm.tm_mon, x, false, out);
		cell(&cells[i], x, TOP + at % 7 * CELL, &tm, i == 0, out);
	}
	str_add(out, "</svg>\n");
}

static void
list(const struct date *dates, size_t n, instant now, struct str *out)
{
	char day[DAY_TEXT], count[DAY_TEXT];

	str_add(out, "<ul class=\"list\">\n");
	for (size_t i = 0; i < n && i < HTML_DATES_MAX; i++) {
		const struct date *d = &dates[i];
		bool late = d->start && day_distance(d->at, now) < 0;
		const struct deadline *end = &d->row->item->deadline;
		bool guess = !d->start && end->kind == DEADLINE_FORECAST;
		bool wide = guess && day_distance(end->earliest, end->latest) != 0;

		str_add(out, "<li>");
		html_sign(out, d->row->sign, d->start ? "sign" : "sign hollow");
		str_addf(out, "<b>%s</b> %s ", day_short(d->at, now, day),
		    late       ? "was the day to start:"
		    : d->start ? "start:"
		    : guess    ? "most likely fails:"
			       : "fails:");
		html_bdi(out, d->row->check->title, HTML_SHORT);
		if (d->row->check->result->nitems > 1) {
			str_add(out, ", ");
			html_bdi(out, d->row->item->target, HTML_SHORT);
		}
		str_addf(out, " <span class=\"soft\">(%s%s)</span></li>\n",
		    wide ? day_range(end->earliest, end->latest, now, count)
			 : day_count(d->at, now, count),
		    late ? " late" : "");
	}
	if (n > HTML_DATES_MAX)
		str_addf(out, "<li class=\"soft\">and %zu more date%s</li>\n", n - HTML_DATES_MAX,
		    n == HTML_DATES_MAX + 1 ? "" : "s");
	str_add(out, "</ul>\n");
}

void
html_calendar(const struct page *p, struct str *out)
{
	const struct report *r = p->report;
	struct arena *a = arena_new(ARENA_MAX);
	struct calendar_day cells[HTML_DAYS] = { 0 };
	struct date *dates;
	size_t n;
	struct row *rows = rows_by_urgency(r, true, a, &n);

	dates = arena_array(a, 2 * n + 1, sizeof(*dates));
	n = dates_of(rows, n, r->now, dates);
	fill(dates, n, r->now, cells);
	str_addf(out, "<section id=\"calendar\">\n<h2>The next %d days</h2>\n", HTML_DAYS);
	drawing(cells, r->now, out);
	str_add(out,
	    "<p class=\"soft\">A full sign: the last day to start, and how urgent it is now. A "
	    "hollow one: the day something fails. The thick frame: today.</p>\n");
	if (n == 0)
		str_add(out,
		    "<p>Nothing has to be started, and nothing ends, within these days.</p>\n");
	else
		list(dates, n, r->now, out);
	str_add(out, "</section>\n");
	arena_free(a);
}
