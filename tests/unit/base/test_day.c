/* SPDX-License-Identifier: Apache-2.0 */
#include "base/day.h"
#include "tests/t.h"

#include <stdlib.h>

static instant
when(const char *text)
{
	instant t = 0;

	T_INT(text, instant_parse(text, &t, NULL), 0);
	return t;
}

static void
zone(const char *tz)
{
	setenv("TZ", tz, 1);
	tzset();
}

static void
dates(void)
{
	instant now = when("2025-03-06T09:30:00Z");
	char buf[DAY_TEXT];

	zone("UTC0");
	T_TEXT("short", day_short(when("2025-04-04"), now, buf), "Fri 4 Apr");
	T_TEXT("long", day_long(when("2025-04-04"), now, buf), "Fri 4 April");
	T_TEXT("180 days", day_long(when("2025-09-02T09:30:00Z"), now, buf), "Tue 2 September");
	T_TEXT("a moment more names its year", day_long(when("2025-09-02T09:30:01Z"), now, buf),
	    "Tue 2 September 2025");
	T_TEXT("so does the past", day_short(when("2024-03-01"), now, buf), "Fri 1 Mar 2024");
	T_TEXT("a moment", day_moment(when("2026-11-24T17:50:00Z"), buf), "Tue 24 Nov 2026 17:50");
	T_TEXT(
	    "before 1970", day_moment(when("1969-12-31T23:59:59Z"), buf), "Wed 31 Dec 1969 23:59");
	T_TEXT("today", day_clock(when("2025-03-06T08:14:00Z"), now, buf), "today 08:14");
	T_TEXT("this week", day_clock(when("2025-03-03T09:00:00Z"), now, buf), "Mon 09:00");
	T_TEXT("six days ago", day_clock(when("2025-02-28T09:00:00Z"), now, buf), "Fri 09:00");
	T_TEXT("seven", day_clock(when("2025-02-27T09:00:00Z"), now, buf), "Thu 27 February 09:00");
	T_TEXT("one month", day_range(when("2025-03-03"), when("2025-03-20"), now, buf),
	    "between 3 and 20 March");
	T_TEXT("two", day_range(when("2025-02-28"), when("2025-03-09"), now, buf),
	    "between 28 February and 9 March");
	T_TEXT("next year", day_range(when("2025-12-28"), when("2026-01-09"), now, buf),
	    "between 28 December 2025 and 9 January 2026");
	T_TEXT("late today", day_count(when("2025-03-06T23:59:59Z"), now, buf), "today");
	T_TEXT("tomorrow", day_count(when("2025-03-07T00:00:00Z"), now, buf), "1 day");
	T_TEXT("in days", day_count(when("2025-04-04"), now, buf), "29 days");
	T_TEXT("ago", day_count(when("2025-03-03"), now, buf), "3 days");
}

/* Here it is already tomorrow. */
static void
zones(void)
{
	instant now = when("2025-03-06T11:00:00Z");
	char buf[DAY_TEXT];

	zone("<+14>-14");
	T_TEXT("the day of the reader", day_long(now, now, buf), "Fri 7 March");
	T_INT("of no moment", day_start(INSTANT_NONE), INSTANT_NONE);
	T_INT("its start", day_start(now), when("2025-03-06T10:00:00Z"));
	zone("CET-1CEST,M3.5.0,M10.5.0/3");
	T_INT("a day of 23 hours", day_start(when("2025-03-30T20:00:00Z")),
	    when("2025-03-29T23:00:00Z"));
	T_INT("a day of 25 hours", day_start(when("2025-10-26T20:00:00Z")),
	    when("2025-10-25T22:00:00Z"));
	T_INT("its very start", day_start(when("2025-10-25T22:00:00Z")),
	    when("2025-10-25T22:00:00Z"));
	T_INT("days over a change",
	    day_distance(when("2025-03-30T22:00:00Z"), when("2025-03-29T23:00:00Z")), 1);
}

int
main(void)
{
	dates();
	zones();
	return t_end();
}
