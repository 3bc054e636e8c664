/* SPDX-License-Identifier: Apache-2.0
 *
 * week: hours and moments of the week as people write them, in the reader's own time zone (the
 * process's: TZ or /etc/localtime): "Mon-Fri 08:00-18:00", "Sun 02:00". Days are Mon Tue Wed Thu
 * Fri Sat Sun, a range, several with a comma between ("Mon-Wed,Sat"), or daily. Over a change to
 * summer time the clock on the wall counts.
 */
#ifndef BASE_WEEK_H
#define BASE_WEEK_H

#include "base/span.h"

#include <stdbool.h>

#define WEEK_MINUTES (7 * 24 * 60)

struct week_hours {
	uint8_t open[WEEK_MINUTES / 8]; /* a bit a minute, from Monday 00:00 */
};

/* "Mon-Fri 08:00-18:00; Sat 09:00-12:00": parts with a semicolon between. An end that is not after
 * its beginning is on the next day. -1 with *e set. */
int week_hours_parse(const char *text, struct week_hours *out, struct err *e);

bool week_is_open(const struct week_hours *h, instant t);
/* When it opens: t itself while it is open. */
instant week_opens(const struct week_hours *h, instant t);

struct week_moment {
	unsigned days; /* a bit a day, the lowest is Monday */
	int minute;    /* of the day */
};

/* "Sun 02:00", "daily 12:30". -1 with *e set. */
int week_moment_parse(const char *text, struct week_moment *out, struct err *e);

/* The newest such moment that is not after t. */
instant week_last(const struct week_moment *m, instant t);

#endif
