/* SPDX-License-Identifier: Apache-2.0
 *
 * trend: when a metric will reach its limit, from what was measured so far; or that nobody can say.
 * The slope is the median of the slopes of all pairs of points (Theil 1950, Sen 1968), its range
 * comes from Kendall's statistic, widened by how much each value resembles the one before (values
 * that wander have fewer independent points than they seem). A date that is guessed is the classic
 * false alarm, so most of this is about when there is none.
 */
#ifndef JUDGE_TREND_H
#define JUDGE_TREND_H

#include "model/result.h"
#include "model/sample.h"

#define TREND_SAMPLES_MAX 4096 /* the newest are used; history (judge/history.h) keeps fewer */
#define TREND_POINTS 128       /* groups of neighbours, each by its median: 8,128 pairs */

/* A change of more than this part of everything there is between largest and smallest, between the
 * points before and after one moment, is a step: what was before it says nothing of what comes. */
#define TREND_STEP 0.4
#define TREND_STEP_POINTS 5 /* looked at on either side */

/* Gaps of more than this part of the covered time: two heaps of points are no trend. */
#define TREND_GAP 0.5

#define TREND_CLEAR 3.29 /* normal quantile, 99.9 %: the slope is there */
#define TREND_RANGE 1.28 /* normal quantile, 80 %: earliest and latest are P10 and P90 */
/* A value that only wanders (each step as likely up as down) also has a clear slope now and then,
 * but not the same one all the time: so many parts of the time must agree on it, by Student's t of
 * the way from each to the next. */
#define TREND_PARTS 8
#define TREND_STEADY 3.5

#define TREND_ALIKE 0.8 /* the most that is believed of the likeness of neighbours */

/* So many steps back from the limit are a habit (a log that is rotated, a folder that somebody
 * empties): no date before it is further than it has been. */
#define TREND_HABIT 2

/* `life` of a forecast: rule C then makes its last 2.1 days stop, its lead time act. */
#define TREND_LIFE (14 * SPAN_DAY)

struct trend_terms {
	size_t min_samples;
	span min_cover; /* from first to last, after the last step; and the last is no older */
	span horizon;   /* no date further away than this */
	int reach;      /* nor than so many times the time that was looked at */
	/* Of a clock, in seconds a second; wave 0: it is none. See judge/crystal.h. */
	double wave, walk;
};

/* Disks, logs, counts: they breathe with the day and the week, so a week is the least that shows
 * anything; a year ahead is the most that a plan can use, ten
 * times what was seen the most that one may believe. */
extern const struct trend_terms trend_slow;

/* Offsets of clocks: a crystal that nobody corrects runs straight within minutes and is seconds off
 * within days (median 78 ppm, Mills), so hours are enough for the days ahead, and the answer is
 * needed early. Its rate swings with the day, so until a whole day was seen the range allows for
 * that swing. A clock that is corrected has no date. */
extern const struct trend_terms trend_clock;

/* trend_clock for seconds with a limit on both sides, as an offset has; else trend_slow. An age in
 * seconds has one limit. */
const struct trend_terms *trend_terms_for(const struct metric *m);

/* s: n samples of the metric, oldest first; what is not a number, not newer than the one before or
 * later than `now` is left out. The limit is m->crit where the slope leads to an end of it, else
 * m->warn; inverted ranges ("fine is outside") have none. True: *out is a DEADLINE_FORECAST, its
 * earliest <= at <= latest, none before now. False: out->kind is DEADLINE_NONE. Of an
 * item's metrics the caller takes the one with the earliest `at` as the item's deadline if it has
 * none, before judge_result; once an hour is enough, no trend moves faster. Under 1 ms for 512
 * samples; needs 130 KiB of stack. */
bool trend_forecast(const struct sample *s, size_t n, const struct metric *m,
    const struct trend_terms *t, instant now, struct deadline *out);

#endif
