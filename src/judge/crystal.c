/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a crystal's own swing and the hands that set a clock mean for a forecast.
 */
#include "judge/crystal.h"

#include <math.h>

/* Without one wild neighbour: the middle of three. At either end the value itself. */
static double
calm(const struct sample *s, const size_t *which, size_t n, size_t i)
{
	double a, b, c;

	if (i == 0 || i + 1 == n)
		return s[which[i]].value;
	a = s[which[i - 1]].value;
	b = s[which[i]].value;
	c = s[which[i + 1]].value;
	return larger(smaller(a, b), smaller(larger(a, b), c));
}

static double
seconds_before(const struct sample *s, const size_t *which, size_t i)
{
	return (double)(s[which[i]].at - s[which[i - 1]].at) / (double)INSTANT_S;
}

/* The largest bound of those whose values calm(i - 1) and calm(i) may be. */
static double
bound_about(const struct sample *s, const size_t *which, size_t n, size_t i)
{
	double most = 0;

	for (size_t k = i >= 2 ? i - 2 : 0; k < n && k <= i + 1; k++)
		if (isfinite(s[which[k]].bound))
			most = larger(most, fabs(s[which[k]].bound));
	return most;
}

void
crystal_settings(const struct sample *s, const size_t *which, size_t n, struct settings *out)
{
	double rates[TREND_SAMPLES_MAX], usual, before, after;

	*out = (struct settings){ 0 };
	if (n < 2)
		return;
	for (size_t i = 1; i < n; i++)
		rates[i - 1] = fabs(calm(s, which, n, i) - calm(s, which, n, i - 1)) /
			       seconds_before(s, which, i);
	usual = slope_median(rates, n - 1);
	for (size_t i = 1; i < n; i++) {
		before = calm(s, which, n, i - 1);
		after = calm(s, which, n, i);
		if (before * after <= 0)
			out->first = i;
		if (fabs(after - before) <= CRYSTAL_JUMP * usual * seconds_before(s, which, i) +
						2 * bound_about(s, which, n, i))
			continue;
		out->first = i;
		if (fabs(after) < fabs(before) / 2) {
			out->times++;
			out->most = larger(out->most, fabs(before));
		}
	}
}

/* What is left of the swing in a line through so many seconds. Points whole days apart, within a
 * tenth of one, leave a tenth of it, and ever less the more days lie between. */
static double
swing_in_line(double wave, double cover)
{
	double days = cover / SLOPE_DAY;

	return days < 1 ? wave : wave / 10 / days;
}

bool
crystal_widen(const struct trend_terms *t, const struct settings *set, double newest, double cover,
    double to_limit, struct slope *b)
{
	double swing = swing_in_line(t->wave, cover);
	double wander = swing + t->walk * sqrt((cover + to_limit) / SLOPE_DAY);

	if (newest * b->likely <= 0 || fabs(b->likely) < CRYSTAL_CLEAR * swing)
		return false;
	if (set->times > 0 && cover < span_seconds(CRYSTAL_SET_AGAIN))
		return false;
	if (set->times >= TREND_HABIT && fabs(b->level) - b->spread <= set->most)
		return false;
	b->steepest += wander;
	b->flattest = larger(b->flattest - wander, b->flattest / CRYSTAL_CLEAR);
	return true;
}
