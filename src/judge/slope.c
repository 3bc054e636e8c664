/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the line through points, and its range.
 */
#include "judge/slope.h"

#include <math.h>
#include <string.h>

#define PAIRS (TREND_POINTS * (TREND_POINTS - 1) / 2)
#define MAD_TO_DEVIATION 1.4826 /* of normal noise */

void
slope_points_drop(struct slope_points *p, size_t first)
{
	p->n -= first;
	memmove(p->t, p->t + first, p->n * sizeof(*p->t));
	memmove(p->v, p->v + first, p->n * sizeof(*p->v));
	memmove(p->bound, p->bound + first, p->n * sizeof(*p->bound));
}

/* The k-th smallest; reorders v (Hoare's FIND). The middle as pivot: slopes come half sorted. */
static double
kth(double *v, size_t n, size_t k)
{
	size_t lo = 0, hi = n - 1;

	while (lo < hi) {
		double pivot = v[lo + (hi - lo) / 2];
		size_t i = lo, j = hi;

		for (;;) {
			double x;

			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i >= j)
				break;
			x = v[i];
			v[i++] = v[j];
			v[j--] = x;
		}
		/* v[..j] <= pivot <= v[j + 1..] */
		if (k <= j)
			hi = j;
		else
			lo = j + 1;
	}
	return v[k];
}

double
slope_median(double *v, size_t n)
{
	double upper = kth(v, n, n / 2);

	return n % 2 == 1 ? upper : (upper + kth(v, n, n / 2 - 1)) / 2;
}

static size_t
pair_slopes(const struct slope_points *p, size_t from, size_t to, double *out)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		for (size_t j = i + 1; j < to; j++)
			out[n++] = (p->v[j] - p->v[i]) / (p->t[j] - p->t[i]);
	return n;
}

/* The slopes between points that lie whole days apart, within a tenth of one: what swings with the
 * day is the same in both. */
static size_t
whole_day_slopes(const struct slope_points *p, double *out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		for (size_t j = i + 1; j < p->n; j++) {
			double days = (p->t[j] - p->t[i]) / SLOPE_DAY, whole = floor(days + 0.5);

			if (whole >= 1 && fabs(days - whole) <= 0.1)
				out[n++] = (p->v[j] - p->v[i]) / (p->t[j] - p->t[i]);
		}
	return n;
}

/* Sets level and spread from what the line leaves over; returns how alike neighbours are (the
 * lag-1 autocorrelation, 0 to TREND_ALIKE). */
static double
residuals(const struct slope_points *p, struct slope *b)
{
	double r[TREND_POINTS], copy[TREND_POINTS], bound[TREND_POINTS];
	double last = p->t[p->n - 1], next = 0, all = 0, alike;

	for (size_t i = 0; i < p->n; i++)
		r[i] = p->v[i] - b->likely * (p->t[i] - last);
	memcpy(copy, r, p->n * sizeof(*r));
	b->level = slope_median(copy, p->n);
	for (size_t i = 0; i < p->n; i++) {
		r[i] -= b->level;
		copy[i] = fabs(r[i]);
		bound[i] = p->bound[i];
		all += r[i] * r[i];
		if (i > 0)
			next += r[i] * r[i - 1];
	}
	b->spread = MAD_TO_DEVIATION * slope_median(copy, p->n) + slope_median(bound, p->n);
	alike = all > 0 ? next / all : 0;
	return smaller(larger(alike, 0), TREND_ALIKE);
}

/* Ranks either side of the middle (Sen 1968), the variance widened for likeness by the usual
 * (1 + r) / (1 - r) of a first-order process. Not before the first: the slope is not clear. */
static bool
rank_range(size_t n, size_t pairs, double alike, double z, size_t *lo, size_t *hi)
{
	double k = (double)n, all = (double)pairs;
	double var = k * (k - 1) * (2 * k + 5) / 18 * (1 + alike) / (1 - alike);
	double c = z * sqrt(var);

	if (c >= all - 1)
		return false;
	*lo = (size_t)floor((all - c) / 2);
	*hi = (size_t)ceil((all + c) / 2);
	if (*hi >= pairs)
		*hi = pairs - 1;
	return true;
}

static bool
same_sign(double a, double b)
{
	return (a > 0 && b > 0) || (a < 0 && b < 0);
}

static void
widen(struct slope *b, double slope)
{
	b->steepest = larger(b->steepest, fabs(slope));
	b->flattest = smaller(b->flattest, fabs(slope));
}

static bool
halves(const struct slope_points *p, double *pairs, struct slope *b)
{
	const size_t ends[] = { 0, p->n / 2, p->n };

	for (size_t i = 0; i < 2; i++) {
		size_t n = pair_slopes(p, ends[i], ends[i + 1], pairs);
		double half = n > 0 ? slope_median(pairs, n) : 0;

		if (!same_sign(half, b->likely))
			return false;
		widen(b, half);
	}
	return true;
}

/* Slopes from the middle of each part to that of the next: do they agree? Not the ways, since old
 * samples are thinned (judge/history.h) and a part of as many points then spans more time. */
static bool
steady(const struct slope_points *p)
{
	const double n = TREND_PARTS - 1;
	double before = 0, then = 0, sum = 0, squares = 0, var;

	if (p->n < TREND_PARTS)
		return false;
	for (size_t i = 0; i < TREND_PARTS; i++) {
		size_t from = i * p->n / TREND_PARTS, to = (i + 1) * p->n / TREND_PARTS;
		double part[TREND_POINTS], middle, when = (p->t[from] + p->t[to - 1]) / 2;

		memcpy(part, p->v + from, (to - from) * sizeof(*part));
		middle = slope_median(part, to - from);
		if (i > 0) {
			double slope = (middle - before) / (when - then);

			sum += slope;
			squares += slope * slope;
		}
		before = middle;
		then = when;
	}
	var = larger(squares - sum * sum / n, 0) / (n - 1);
	return fabs(sum / n) >= TREND_STEADY * sqrt(var / n);
}

bool
slope_of(const struct slope_points *p, bool daily, struct slope *out)
{
	double pairs[PAIRS], alike;
	size_t n = daily ? whole_day_slopes(p, pairs) : 0, lo, hi;

	out->likely = n >= SLOPE_DAYS_LEAST ? slope_median(pairs, n) : 0;
	n = pair_slopes(p, 0, p->n, pairs);
	if (n == 0)
		return false;
	if (out->likely == 0)
		out->likely = slope_median(pairs, n);
	out->steepest = out->flattest = fabs(out->likely);
	alike = residuals(p, out);
	if (!rank_range(p->n, n, alike, TREND_CLEAR, &lo, &hi) ||
	    !same_sign(kth(pairs, n, lo), out->likely) ||
	    !same_sign(kth(pairs, n, hi), out->likely))
		return false;
	if (!steady(p))
		return false;
	rank_range(p->n, n, alike, TREND_RANGE, &lo, &hi);
	widen(out, kth(pairs, n, lo));
	widen(out, kth(pairs, n, hi));
	return halves(p, pairs, out);
}
