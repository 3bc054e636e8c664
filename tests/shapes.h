/* SPDX-License-Identifier: Apache-2.0
 *
 * shapes: how a measured value goes over a month, for tests of forecasts: x is 0 for the oldest
 * sample and 1 for the newest.
 */
#ifndef TESTS_SHAPES_H
#define TESTS_SHAPES_H

#include <math.h>

static inline double
ramp(double x)
{
	return 50 + 20 * x;
}

static inline double
fall(double x)
{
	return 50 - 20 * x;
}

static inline double
flat(double x)
{
	(void)x;
	return 50;
}

static inline double
jump(double x)
{
	return x < 0.5 ? 50 : 70;
}

static inline double
late_jump(double x)
{
	return x < 0.95 ? 50 : 70;
}

static inline double
drop(double x)
{
	return x < 0.5 ? 90 : 50;
}

static inline double
saw(double x) /* emptied every third of the time */
{
	x = (x * 29 + 0.5) / 10;
	return 50 + 30 * (x - floor(x));
}

static inline double
one_drop(double x) /* emptied once, and filling again */
{
	return x < 0.5 ? 70 + 40 * x : 50 + 20 * (x - 0.5);
}

static inline double
past_the_saw(double x) /* nobody empties it any more */
{
	return x < 2 / 3.0 ? 50 + 30 * (x * 3 - floor(x * 3)) : 50 + 40 * (x - 2 / 3.0) * 3;
}

static inline double
days(double x) /* up and down each day of thirty */
{
	return 50 + 10 * sin(x * 30 * 6.283185307179586);
}

static inline double
wave(double x)
{
	return 50 - 10 * cos(x * 6.283185307179586);
}

static inline double
hill(double x)
{
	return x < 0.6 ? 50 + 30 * x : 50 + 18 - 30 * (x - 0.6);
}

static inline double
stairs(double x) /* a file of the same size each day of thirty */
{
	return 50 + 20.0 / 30 * floor(x * 30);
}

static inline double
workdays(double x) /* grows from Monday to Friday only, of thirty days */
{
	double day = x * 30, week = floor(day / 7), rest = day - 7 * week;

	return 50 + 20.0 / 22 * (5 * week + (rest < 5 ? rest : 5));
}

static inline double
ramp_after_jump(double x)
{
	return x < 0.3 ? 10 : 50 + 20 * (x - 0.3) / 0.7;
}

static inline double
bend(double x)
{
	return 50 + 20 * x * x;
}

static inline double
level(double x)
{
	(void)x;
	return 101;
}

#endif
