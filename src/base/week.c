/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the week as people write it.
 */
#include "base/week.h"

#include "base/day.h"

#include <string.h>
#include <time.h>

#define DAY_MINUTES (24 * 60)
#define ALL_DAYS 0x7fU
#define MINUTE_S 60 /* seconds */

static const char days[] = "MonTueWedThuFriSatSun";

/* ---- reading */

static const char *
skip_blanks(const char *p)
{
	return p + strspn(p, " \t");
}

/* Three letters at *p: 0 is Monday; -1 none. */
static int
read_day(const char **p)
{
	for (int d = 0; d < 7; d++)
		if (strncmp(*p, days + 3 * (size_t)d, 3) == 0) {
			*p += 3;
			return d;
		}
	return -1;
}

/* One day or a range, which may go over Sunday. -1: neither. */
static int
read_range(const char **p, unsigned *bits)
{
	int from = read_day(p), to = from;

	if (from >= 0 && **p == '-') {
		++*p;
		to = read_day(p);
	}
	if (from < 0 || to < 0)
		return -1;
	for (int d = from;; d = (d + 1) % 7) {
		*bits |= 1U << d;
		if (d == to)
			return 0;
	}
}

static int
read_days(const char **p, unsigned *bits)
{
	*bits = 0;
	if (strncmp(*p, "daily", 5) == 0) {
		*p += 5;
		*bits = ALL_DAYS;
		return 0;
	}
	for (;; ++*p) {
		if (read_range(p, bits) < 0)
			return -1;
		if (**p != ',')
			return 0;
	}
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "08:00", up to last minutes of the day. -1: it is none. */
static int
read_time(const char **p, int last)
{
	const char *s = *p;
	int minutes;

	if (!digit(s[0]) || !digit(s[1]) || s[2] != ':' || !digit(s[3]) || !digit(s[4]) ||
	    s[3] > '5')
		return -1;
	minutes = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 + s[4] - '0';
	*p += 5;
	return minutes <= last ? minutes : -1;
}

static void
set_open(struct week_hours *h, unsigned bits, int from, int to)
{
	if (to <= from)
		to += DAY_MINUTES;
	for (int d = 0; d < 7; d++)
		for (int m = from; bits >> d & 1 && m < to; m++) {
			int at = (d * DAY_MINUTES + m) % WEEK_MINUTES;

			h->open[at / 8] |= (uint8_t)(1U << at % 8);
		}
}

int
week_hours_parse(const char *text, struct week_hours *out, struct err *e)
{
	const char *p = text;
	unsigned bits;
	int from, to;

	memset(out, 0, sizeof(*out));
	do {
		p = skip_blanks(p + (*p == ';'));
		if (read_days(&p, &bits) < 0)
			break;
		p = skip_blanks(p);
		from = read_time(&p, DAY_MINUTES - 1);
		if (from < 0 || *p++ != '-')
			break;
		to = read_time(&p, DAY_MINUTES);
		if (to < 0)
			break;
		set_open(out, bits, from, to);
		p = skip_blanks(p);
		if (*p == '\0')
			return 0;
	} while (*p == ';');
	return err_set(e, ERR_PARSE,
	    "\"%.60s\" is no hours of the week, as \"Mon-Fri 08:00-18:00; Sat 09:00-12:00\"", text);
}

int
week_moment_parse(const char *text, struct week_moment *out, struct err *e)
{
	const char *p = skip_blanks(text);

	if (read_days(&p, &out->days) == 0) {
		p = skip_blanks(p);
		out->minute = read_time(&p, DAY_MINUTES - 1);
		if (out->minute >= 0 && *skip_blanks(p) == '\0')
			return 0;
	}
	return err_set(e, ERR_PARSE,
	    "\"%.60s\" is no moment of the week, as \"Sun 02:00\" or \"daily 12:30\"", text);
}

/* ---- the clock on the wall */

static void
local(instant t, struct tm *tm)
{
	time_t s = (time_t)(t / INSTANT_S - (t % INSTANT_S < 0));

	if (localtime_r(&s, tm) == NULL)
		memset(tm, 0, sizeof(*tm));
}

static int
day_of(const struct tm *tm)
{
	return (tm->tm_wday + 6) % 7;
}

static int
minute_of_week(const struct tm *tm)
{
	return day_of(tm) * DAY_MINUTES + tm->tm_hour * 60 + tm->tm_min;
}

static bool
bit_at(const struct week_hours *h, int minute)
{
	return h->open[minute % WEEK_MINUTES / 8] >> minute % WEEK_MINUTES % 8 & 1;
}

static bool
bit_of(const struct week_hours *h, const struct tm *tm)
{
	return bit_at(h, minute_of_week(tm));
}

bool
week_is_open(const struct week_hours *h, instant t)
{
	struct tm tm;

	local(t, &tm);
	return bit_of(h, &tm);
}

/* The first open minute from there on, one after another; a change to summer time is then as the
 * clock on the wall shows it. */
static instant
search(const struct week_hours *h, instant at)
{
	for (int i = 0; i < WEEK_MINUTES && !week_is_open(h, at); i++)
		at += MINUTE_S * INSTANT_S;
	return at;
}

instant
week_opens(const struct week_hours *h, instant t)
{
	instant hour = 3600 * INSTANT_S, at = t - t % (MINUTE_S * INSTANT_S);
	struct tm now, then;
	int from, wait = 1;

	local(t, &now);
	if (bit_of(h, &now))
		return t;
	from = minute_of_week(&now);
	while (wait < WEEK_MINUTES && !bit_at(h, from + wait))
		wait++;
	at += (instant)wait * MINUTE_S * INSTANT_S;
	local(at, &then);
	if (minute_of_week(&then) == (from + wait) % WEEK_MINUTES)
		return at;
	return search(h, at - hour > t ? at - hour : t);
}

static int
minute_of(instant t)
{
	struct tm tm;

	local(t, &tm);
	return tm.tm_hour * 60 + tm.tm_min;
}

/* When the clock on the wall shows that minute of the day that begins at `start`. One that the
 * clock skips in spring is an hour later. */
static instant
on_day(instant start, int minute)
{
	instant at = start + (instant)minute * MINUTE_S * INSTANT_S;
	instant mended = at + (instant)(minute - minute_of(at)) * MINUTE_S * INSTANT_S;

	return minute_of(mended) == minute ? mended : at;
}

instant
week_last(const struct week_moment *m, instant t)
{
	instant start = day_start(t);
	struct tm tm;

	for (int back = 0; back <= 7; back++) {
		instant at = on_day(start, m->minute);

		local(start, &tm);
		if (m->days >> day_of(&tm) & 1 && at <= t)
			return at;
		start = day_start(start - 12 * 3600 * INSTANT_S);
	}
	return INSTANT_NONE;
}
