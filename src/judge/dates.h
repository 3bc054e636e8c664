/* SPDX-License-Identifier: Apache-2.0
 *
 * dates: what became of a date that was seen to stand on a thing: renewed in time, passed, replaced
 * by an earlier one. Pure. How often a site renews in time is counted from these endings later.
 */
#ifndef JUDGE_DATES_H
#define JUDGE_DATES_H

#include "base/span.h"

#include <stdbool.h>

enum date_outcome {
	DATE_OPEN,      /* it stands */
	DATE_RENEWED,   /* a later date was there in time */
	DATE_LAPSED,    /* it was still the one after its day */
	DATE_UNSEEN,    /* nobody looked when it passed: not counted */
	DATE_REPLACED,  /* by an earlier one: not counted */
	DATE_RETIRED,   /* the thing went before its day: not counted */
	DATE_LATE_SEEN, /* first met in its last days, which is no fair sample: not counted */
	DATE_OUTCOMES
};

#define DATE_SAME SPAN_MIN         /* two dates nearer than this are one */
#define DATE_NEAR (2 * SPAN_DAY)   /* looks that are nearer leave nothing unseen between them */
#define DATE_GONE (7 * SPAN_DAY)   /* not seen by whole runs for so long, the thing is gone */
#define DATE_LIFE (365 * SPAN_DAY) /* of a date whose thing does not say how long it lives */

struct date_row {
	instant at;                    /* the date */
	instant first_seen, last_seen; /* moments of runs */
	span life;                     /* from beginning to date; 0: not known */
};

/* A run saw `at` where the row stood before: DATE_OPEN, it is the same date; else what became of
 * the row's, and a new row begins. renewed_by_program: nobody has to do it. */
enum date_outcome date_see(
    const struct date_row *row, instant at, instant taken, span lead, bool renewed_by_program);

/* A whole run did not see the thing. */
enum date_outcome date_miss(const struct date_row *row, instant taken);

#endif
