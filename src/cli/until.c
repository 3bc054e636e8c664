/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the moments that people write: "17:00", "tomorrow", a date.
 */
#include "cli/until.h"

#include "base/day.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* "8:30" or "08:30" and nothing after it. */
static bool
clock_time(const char *text, int *hour, int *minute)
{
	int used = 0;

	return isdigit((unsigned char)text[0]) &&
	       sscanf(text, "%2d:%2d%n", hour, minute, &used) == 2 && text[used] == '\0' &&
	       used >= 4 && isdigit((unsigned char)text[used - 2]) && *hour <= 23 && *minute <= 59;
}

/* That time of the day which begins at `day`, in the process's time zone: on a day whose clocks are
 * set, the hours since its beginning are one more or one less than the clock shows. */
static instant
clock_of_day(instant day, int hour, int minute)
{
	instant t = day + (instant)(hour * 60 + minute) * 60 * INSTANT_S;
	time_t s = (time_t)(t / INSTANT_S);
	struct tm tm;
	int off;

	localtime_r(&s, &tm);
	off = (hour - tm.tm_hour) * 60 + minute - tm.tm_min;
	return off > -12 * 60 && off < 12 * 60 ? t + (instant)off * 60 * INSTANT_S : t;
}

int
until_parse(const char *text, instant now, instant *out, struct err *e)
{
	static const char next[] = "tomorrow";
	size_t n = sizeof(next) - 1;
	int hour = 0, minute = 0;
	char day[DAY_TEXT];

	if (strcmp(text, next) == 0 || (strncmp(text, next, n) == 0 && text[n] == ' ' &&
					   clock_time(text + n + 1, &hour, &minute)))
		*out =
		    clock_of_day(day_start(day_start(now) + 36 * 3600 * INSTANT_S), hour, minute);
	else if (clock_time(text, &hour, &minute))
		*out = clock_of_day(day_start(now), hour, minute);
	else if (instant_parse(text, out, NULL) < 0)
		return err_set(e, ERR_PARSE,
		    "\"%.60s\" is no time: 17:00, tomorrow, \"tomorrow 8:30\", 2027-03-31 or "
		    "2027-03-31T12:00:00Z",
		    text);
	if (*out <= now)
		return err_set(e, ERR_RANGE, "%s is past", day_moment(*out, day));
	return 0;
}
