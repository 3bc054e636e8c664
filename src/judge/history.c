/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which samples are kept, and the outline of many.
 */
#include "judge/history.h"

#include <math.h>

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

/* Which of v[from] to v[to - 1] is the least (sign 1) or the greatest (-1); what was not measured
 * is neither, unless there is nothing else. */
static size_t
extreme(const struct sample *v, size_t from, size_t to, double sign)
{
	size_t best = from;

	for (size_t i = from + 1; i < to; i++)
		if (isnan(v[best].value) || sign * v[i].value < sign * v[best].value)
			best = i;
	return best;
}

size_t
history_outline(struct sample *v, size_t n, size_t max)
{
	size_t groups = max / 2, kept = 0;

	if (n <= max)
		return n;
	for (size_t g = 0; g < groups; g++) {
		size_t from = g * n / groups, to = (g + 1) * n / groups;
		size_t a = extreme(v, from, to, 1), b = extreme(v, from, to, -1);
		struct sample first = v[a < b ? a : b], second = v[a < b ? b : a];

		/* kept never overtakes the group: each has two or more */
		v[kept++] = first;
		if (a != b)
			v[kept++] = second;
	}
	return kept;
}
