/* SPDX-License-Identifier: Apache-2.0 */
#include "base/week.h"
#include "tests/t.h"

#include <stdlib.h>
#include <time.h>

/* Europe's rule, without its table: summer time from the last Sunday of March to that of October.
 */
#define BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"

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

static const struct {
	const char *hours, *at;
	bool open;
	const char *opens;
} hours[] = {
	/* 2026-11-30 is a Monday */
	{ "Mon-Fri 08:00-18:00", "2026-11-30T08:00:00Z", true, "2026-11-30T08:00:00Z" },
	{ "Mon-Fri 08:00-18:00", "2026-11-30T07:59:59Z", false, "2026-11-30T08:00:00Z" },
	{ "Mon-Fri 08:00-18:00", "2026-11-30T17:59:59Z", true, "2026-11-30T17:59:59Z" },
	{ "Mon-Fri 08:00-18:00", "2026-11-30T18:00:00Z", false, "2026-12-01T08:00:00Z" },
	{ "Mon-Fri 08:00-18:00", "2026-12-04T18:00:30Z", false, "2026-12-07T08:00:00Z" },
	{ "Mon-Fri 08:00-18:00; Sat 09:00-12:30", "2026-12-05T12:29:00Z", true,
	    "2026-12-05T12:29:00Z" },
	{ "Mon,Wed 08:00-09:00", "2026-12-01T08:30:00Z", false, "2026-12-02T08:00:00Z" },
	{ "Mon,Wed-Thu 08:00-09:00", "2026-12-03T08:30:00Z", true, "2026-12-03T08:30:00Z" },
	{ "Sat-Mon 10:00-11:00", "2026-12-06T10:30:00Z", true, "2026-12-06T10:30:00Z" },
	{ "daily 22:00-06:00", "2026-12-02T05:59:00Z", true, "2026-12-02T05:59:00Z" },
	{ "daily 22:00-06:00", "2026-12-02T06:00:00Z", false, "2026-12-02T22:00:00Z" },
	{ "Sun 22:00-06:00", "2026-11-30T05:00:00Z", true, "2026-11-30T05:00:00Z" },
	{ "Sun 00:00-24:00", "2026-12-05T23:59:00Z", false, "2026-12-06T00:00:00Z" },
};

static void
open_hours(void)
{
	char buf[INSTANT_TEXT];

	zone("UTC0");
	for (size_t i = 0; i < sizeof(hours) / sizeof(hours[0]); i++) {
		struct week_hours h;
		struct err e;

		T_INT(hours[i].hours, week_hours_parse(hours[i].hours, &h, &e), 0);
		T_INT(hours[i].at, week_is_open(&h, when(hours[i].at)), hours[i].open);
		T_TEXT(hours[i].at, instant_text(week_opens(&h, when(hours[i].at)), buf),
		    hours[i].opens);
	}
}

static void
refused(void)
{
	static const char *const wrong[] = { "", "Mon-Fri", "08:00-18:00", "Mon-Fri 8:00-18:00",
		"Mon-Fri 08:00", "Mon-Fri 08:00-25:00", "Mon-Fri 24:00-24:00",
		"Mon-Fri 08:60-18:00", "Mon- 08:00-18:00", "Mon, 08:00-18:00", "mon 08:00-18:00",
		"Mon 08:00-18:00;", "Mon 08:00-18:00 x", "Mo 08:00-18:00", "Mon 08:00-18:0" };
	static const char *const moments[] = { "", "Sun", "02:00", "Sun 24:00", "Sun 2:00",
		"Sun 02:00-03:00", "Sun 02:00 x", "Sunday 02:00" };
	struct week_hours h;
	struct week_moment m;
	struct err e;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		T_INT(wrong[i], week_hours_parse(wrong[i], &h, &e), -1);
	T_HAS("the form is shown", e.msg, "Mon-Fri 08:00-18:00");
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++)
		T_INT(moments[i], week_moment_parse(moments[i], &m, &e), -1);
	T_HAS("here too", e.msg, "Sun 02:00");
}

static const struct {
	const char *zone, *moment, *at, *last;
} moments[] = {
	{ "UTC0", "Sun 02:00", "2026-12-06T02:00:00Z", "2026-12-06T02:00:00Z" },
	{ "UTC0", "Sun 02:00", "2026-12-06T01:59:59Z", "2026-11-29T02:00:00Z" },
	{ "UTC0", "Sun 02:00", "2026-12-09T12:00:00Z", "2026-12-06T02:00:00Z" },
	{ "UTC0", "daily 12:30", "2026-12-09T12:00:00Z", "2026-12-08T12:30:00Z" },
	{ "UTC0", "Mon,Thu 00:00", "2026-12-09T12:00:00Z", "2026-12-07T00:00:00Z" },
	{ BERLIN, "Sun 02:00", "2026-12-06T12:00:00Z", "2026-12-06T01:00:00Z" },
	{ BERLIN, "Sun 02:00", "2026-07-05T12:00:00Z", "2026-07-05T00:00:00Z" },
	/* 2026-03-29 has no 02:30: it is 03:30 */
	{ BERLIN, "Sun 02:30", "2026-03-29T12:00:00Z", "2026-03-29T01:30:00Z" },
	/* over the change the clock on the wall counts */
	{ BERLIN, "Sat 20:00", "2026-03-29T12:00:00Z", "2026-03-28T19:00:00Z" },
};

static void
last_moments(void)
{
	char buf[INSTANT_TEXT];

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		struct week_moment m;
		struct err e;

		zone(moments[i].zone);
		T_INT(moments[i].moment, week_moment_parse(moments[i].moment, &m, &e), 0);
		T_TEXT(moments[i].at, instant_text(week_last(&m, when(moments[i].at)), buf),
		    moments[i].last);
	}
}

static void
summer_time(void)
{
	struct week_hours h;
	struct err e;
	char buf[INSTANT_TEXT];

	zone(BERLIN);
	week_hours_parse("Mon-Fri 08:00-18:00", &h, &e);
	T_TEXT("the Monday after the change",
	    instant_text(week_opens(&h, when("2026-03-28T12:00:00Z")), buf),
	    "2026-03-30T06:00:00Z");
	T_TEXT("and back", instant_text(week_opens(&h, when("2026-10-24T12:00:00Z")), buf),
	    "2026-10-26T07:00:00Z");
}

int
main(void)
{
	open_hours();
	refused();
	last_moments();
	summer_time();
	return t_end();
}
