/* SPDX-License-Identifier: Apache-2.0
 *
 * slope: the line through points that a few wild ones do not bend, with its range; or none.
 */
#ifndef JUDGE_SLOPE_H
#define JUDGE_SLOPE_H

#include "judge/trend.h"

/* Of two numbers, neither a NaN. Not fmin(3): for these alone each start would load libm. */
static inline double
smaller(double a, double b)
{
	return a < b ? a : b;
}

static inline double
larger(double a, double b)
{
	return a > b ? a : b;
}

/* Seconds, ascending; values with their bounds. */
struct slope_points {
	size_t n;
	double t[TREND_POINTS], v[TREND_POINTS], bound[TREND_POINTS];
};

void slope_points_drop(struct slope_points *p, size_t first); /* the first ones */

/* Reorders v; n is 1 or more. */
double slope_median(double *v, size_t n);

struct slope {
	double likely; /* units a second */
	/* size of the slope with TREND_RANGE, and of the older and the newer half by itself: a
	 * trend that bends has a wider range; all above 0 */
	double steepest, flattest;
	double level;  /* of the line at the last point */
	double spread; /* how far a value may lie from the line, with its own bound */
};

#define SLOPE_DAY 86400.0   /* seconds */
#define SLOPE_DAYS_LEAST 32 /* pairs of points whole days apart; with fewer all pairs count */

/* daily: the value swings with the day, which the slope leaves out as soon as a day was seen.
 * False: the slope is not clear (TREND_CLEAR), not steady (TREND_STEADY), or its two halves do not
 * agree on its sign. */
bool slope_of(const struct slope_points *p, bool daily, struct slope *out);

#endif
