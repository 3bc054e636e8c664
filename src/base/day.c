/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for days, in the reader's time zone.
 */
#include "base/day.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define YEAR_FROM (180 * SPAN_DAY)
#define YEARS_FROM (2 * 365) /* days that are counted in years */

static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

static void
local(instant t, struct tm *tm)
{
	time_t s = (time_t)(t / INSTANT_S - (t % INSTANT_S < 0));

	if (localtime_r(&s, tm) == NULL)
		memset(tm, 0, sizeof(*tm));
}

static bool
far(instant t, instant now)
{
	span d = instant_minus(t, now);

	return d > YEAR_FROM || d < -YEAR_FROM;
}

static const char *
date(instant t, instant now, int letters, char buf[DAY_TEXT])
{
	struct tm tm;
	int n;

	local(t, &tm);
	n = snprintf(
	    buf, DAY_TEXT, "%s %d %.*s", days[tm.tm_wday], tm.tm_mday, letters, months[tm.tm_mon]);
	if (far(t, now))
		snprintf(buf + n, DAY_TEXT - (size_t)n, " %d", tm.tm_year + 1900);
	return buf;
}

const char *
day_short(instant t, instant now, char buf[DAY_TEXT])
{
	return date(t, now, 3, buf);
}

const char *
day_long(instant t, instant now, char buf[DAY_TEXT])
{
	return date(t, now, 9, buf);
}

const char *
day_moment(instant t, char buf[DAY_TEXT])
{
	struct tm tm;

	local(t, &tm);
	snprintf(buf, DAY_TEXT, "%s %d %.3s %d %02d:%02d", days[tm.tm_wday], tm.tm_mday,
	    months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min);
	return buf;
}

/* Since 1970-01-01 in the local calendar. */
int64_t
day_number(instant t)
{
	struct civil c = { 0 };
	struct tm tm;

	local(t, &tm);
	c.year = tm.tm_year + 1900;
	c.month = tm.tm_mon + 1;
	c.day = tm.tm_mday;
	return civil_instant(&c) / INSTANT_S / 86400;
}

int64_t
day_distance(instant t, instant now)
{
	return day_number(t) - day_number(now);
}

const char *
day_clock(instant t, instant now, char buf[DAY_TEXT])
{
	int64_t d = day_distance(t, now);
	char day[DAY_TEXT];
	struct tm tm;

	local(t, &tm);
	if (d == 0)
		snprintf(day, sizeof(day), "today");
	else if (d < 0 && d > -7)
		snprintf(day, sizeof(day), "%s", days[tm.tm_wday]);
	else
		day_long(t, now, day);
	snprintf(buf, DAY_TEXT, "%.40s %02d:%02d", day, tm.tm_hour, tm.tm_min);
	return buf;
}

const char *
day_range(instant from, instant to, instant now, char buf[DAY_TEXT])
{
	struct tm a, b;
	char year[16] = "", first[16] = "";

	local(from, &a);
	local(to, &b);
	if (far(to, now))
		snprintf(year, sizeof(year), " %d", b.tm_year + 1900);
	if (far(to, now) && a.tm_year != b.tm_year)
		snprintf(first, sizeof(first), " %d", a.tm_year + 1900);
	if (a.tm_year == b.tm_year && a.tm_mon == b.tm_mon)
		snprintf(buf, DAY_TEXT, "between %d and %d %s%s", a.tm_mday, b.tm_mday,
		    months[b.tm_mon], year);
	else
		snprintf(buf, DAY_TEXT, "between %d %s%s and %d %s%s", a.tm_mday, months[a.tm_mon],
		    first, b.tm_mday, months[b.tm_mon], year);
	return buf;
}

const char *
day_count(instant t, instant now, char buf[DAY_TEXT])
{
	int64_t d = day_distance(t, now);

	d = d < 0 ? -d : d;
	if (d == 0)
		snprintf(buf, DAY_TEXT, "today");
	else if (d >= YEARS_FROM)
		snprintf(buf, DAY_TEXT, "%lld years", (long long)d / 365);
	else
		snprintf(buf, DAY_TEXT, "%lld day%s", (long long)d, d == 1 ? "" : "s");
	return buf;
}

const char *
day_left(instant t, instant now, char buf[DAY_TEXT])
{
	char count[DAY_TEXT];

	day_count(t, now, count);
	snprintf(buf, DAY_TEXT, "%.40s%s", count, day_distance(t, now) < 0 ? " ago" : "");
	return buf;
}

instant
day_start(instant t)
{
	struct tm tm;
	instant guess;

	if (t < INT64_MIN + 2 * SPAN_DAY) /* INSTANT_NONE too */
		return t;
	local(t, &tm);
	guess = t - (t % INSTANT_S + (t % INSTANT_S < 0 ? INSTANT_S : 0)) -
		((instant)tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec) * INSTANT_S;
	/* the clocks were changed since midnight: the difference shows in the hour */
	local(guess, &tm);
	if (tm.tm_hour >= 12)
		guess += (24 - tm.tm_hour) * 3600 * INSTANT_S - tm.tm_min * 60 * INSTANT_S;
	else
		guess -= ((instant)tm.tm_hour * 3600 + tm.tm_min * 60) * INSTANT_S;
	return guess;
}
