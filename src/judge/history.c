/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/history.h"

static int64_t
slot(instant t, span width)
{
	instant w = width / SPAN_US;

	return t / w - (t % w < 0);
}

static bool
first_of(const instant *at, size_t i, span width)
{
	return i == 0 || slot(at[i - 1], width) != slot(at[i], width);
}

static bool
kept(const instant *at, size_t i, instant now)
{
	span age = instant_minus(now, at[i]);

	if (age < -HISTORY_AHEAD || age > HISTORY_DAYS)
		return false;
	if (age <= HISTORY_ALL)
		return true;
	/* the sample before, also a dropped one, is of the same hour or day or not: the first of a
	 * day is the first of its hour too */
	return first_of(at, i, age <= HISTORY_HOURS ? SPAN_H : SPAN_DAY);
}

size_t
history_thin(const instant *at, size_t n, instant now, bool *drop)
{
	size_t dropped = 0;

	for (size_t i = 0; i < n; i++) {
		drop[i] = !kept(at, i, now);
		dropped += drop[i];
	}
	return dropped;
}
