/* SPDX-License-Identifier: Apache-2.0
 *
 * day: dates as people read them, in the reader's own time zone (the process's: TZ or
 * /etc/localtime), with the weekday. What is stored and sent elsewhere is UTC (base/span.h).
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/span.h"

#define DAY_TEXT 64

/* "Thu 3 Dec", with the year when it is more than 180 days from now: "Fri 3 Dec 2027". */
const char *day_short(instant t, instant now, char buf[DAY_TEXT]);

/* The same with the whole month: "Thu 3 December". */
const char *day_long(instant t, instant now, char buf[DAY_TEXT]);

/* "Tue 24 Nov 2026 17:50" */
const char *day_moment(instant t, char buf[DAY_TEXT]);

/* A moment of the past: "today 10:42", within the last six days "Mon 09:00", else
 * "Mon 3 March 09:00". */
const char *day_clock(instant t, instant now, char buf[DAY_TEXT]);

/* "between 3 and 20 March", "between 28 February and 9 March". */
const char *day_range(instant from, instant to, instant now, char buf[DAY_TEXT]);

/* "today", "1 day", "29 days", "3 years": whole days of the calendar from now to t, either way.
 * Every view counts days by this: two of them never differ by one. */
const char *day_count(instant t, instant now, char buf[DAY_TEXT]);

/* The same, of the past as "8 days ago". */
const char *day_left(instant t, instant now, char buf[DAY_TEXT]);

/* Which day of the calendar t falls on here: days since 1 January 1970 by the calendar, so that one
 * date has one number in every zone. */
int64_t day_number(instant t);

/* Days of the calendar from now to t; below 0 when t is past. */
int64_t day_distance(instant t, instant now);

/* The moment the day of t begins; of INSTANT_NONE, INSTANT_NONE. */
instant day_start(instant t);

#endif
