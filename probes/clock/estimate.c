/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for offset and rate that most samples of a server allow.
 */
#include "estimate.h"

#include "vote.h"

#define FAR_APART (INT64_MAX / 8) /* ns: 36 years; samples that differ by more never agree */
#define ROUNDING 2                /* ns that a product of rate and age loses, and more */

/* The samples of one server, each as an interval that moves with the rate. */
struct strips {
	size_t n;
	int64_t base; /* offset of the middle sample, ns; lo and hi count from it */
	int64_t lo[CLOCK_SAMPLES_MAX], hi[CLOCK_SAMPLES_MAX];
	double age[CLOCK_SAMPLES_MAX]; /* ns before the moment */
	double most;                   /* the rate is between -most and most, ns a ns */
};

/* What was found so far over all rates that were tried. */
struct found {
	size_t agree;
	int64_t lo, hi;
	unsigned inside; /* a bit for each sample that is part of it */
};

static int64_t
apart(int64_t a, int64_t b)
{
	int64_t d;

	if (__builtin_sub_overflow(a, b, &d) || d > FAR_APART || d < -FAR_APART)
		return a > b ? FAR_APART : -FAR_APART;
	return d;
}

/* An offset that is one of the majority's, so that FAR_APART is counted from what may be true. */
static int64_t
middle_offset(const struct ask_sample *v, size_t n)
{
	int64_t sorted[CLOCK_SAMPLES_MAX];

	for (size_t i = 0; i < n; i++) {
		size_t k = i;

		for (; k > 0 && sorted[k - 1] > v[i].s.offset; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = v[i].s.offset;
	}
	return n > 0 ? sorted[n / 2] : 0;
}

static void
strips_make(struct strips *s, const struct ask_sample *v, size_t n, int64_t mono, int64_t ppm)
{
	s->n = n < CLOCK_SAMPLES_MAX ? n : CLOCK_SAMPLES_MAX;
	s->base = middle_offset(v, s->n);
	s->most = (double)ppm * 1e-6;
	for (size_t i = 0; i < s->n; i++) {
		int64_t middle = apart(v[i].s.offset, s->base);

		s->lo[i] = middle - v[i].s.half + v[i].s.raise;
		s->hi[i] = middle + v[i].s.half;
		s->age[i] = mono > v[i].mono ? (double)(mono - v[i].mono) : 0;
	}
}

static void
widen(struct found *f, size_t agree, int64_t lo, int64_t hi, unsigned inside)
{
	if (agree < f->agree || agree == 0)
		return;
	if (agree > f->agree)
		*f = (struct found){ agree, lo, hi, 0 };
	f->lo = lo < f->lo ? lo : f->lo;
	f->hi = hi > f->hi ? hi : f->hi;
	f->inside |= inside;
}

/* Whether all samples meet at this rate: nearly always so, and quick to see. */
static void
try_all(const struct strips *s, double rate, struct found *f)
{
	int64_t lo = INT64_MIN, hi = INT64_MAX;

	for (size_t i = 0; i < s->n; i++) {
		int64_t shift = (int64_t)(rate * s->age[i]);
		int64_t from = s->lo[i] + shift - ROUNDING, to = s->hi[i] + shift + ROUNDING;

		lo = from > lo ? from : lo;
		hi = to < hi ? to : hi;
	}
	if (lo <= hi)
		widen(f, s->n, lo, hi, (1U << s->n) - 1);
}

/* Where the most samples meet at this rate. */
static void
try_most(const struct strips *s, double rate, struct found *f)
{
	struct interval v[CLOCK_SAMPLES_MAX];
	unsigned inside = 0;
	struct vote got;

	for (size_t i = 0; i < s->n; i++) {
		int64_t shift = (int64_t)(rate * s->age[i]);

		v[i].lo = s->lo[i] + shift - ROUNDING;
		v[i].hi = s->hi[i] + shift + ROUNDING;
	}
	got = vote_most(v, s->n);
	for (size_t i = 0; i < s->n; i++)
		if (v[i].agrees)
			inside |= 1U << i;
	widen(f, got.most, got.lo, got.hi, inside);
}

/* The ends of what is allowed lie where two samples' ends cross, or at the greatest rate. */
static void
try_rates(const struct strips *s, struct found *f,
    void (*at)(const struct strips *, double, struct found *))
{
	at(s, -s->most, f);
	at(s, s->most, f);
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < i; j++)
			for (int k = 0; k < 4; k++) {
				double a = (double)(k & 1 ? s->lo[i] : s->hi[i]);
				double b = (double)(k & 2 ? s->lo[j] : s->hi[j]);
				double older = s->age[i] - s->age[j];
				double rate = older != 0 ? (b - a) / older : 0;

				if (rate >= -s->most && rate <= s->most)
					at(s, rate, f);
			}
}

struct estimate
estimate(const struct ask_sample *v, size_t n, int64_t mono, int64_t ppm)
{
	struct strips s;
	struct found f = { 0 };
	struct estimate e = { .usable = false };

	strips_make(&s, v, n, mono, ppm);
	if (s.n == 0)
		return e;
	try_rates(&s, &f, try_all);
	if (f.agree == 0)
		try_rates(&s, &f, try_most);
	e.agree = f.agree;
	e.outside = ~f.inside & ((1U << s.n) - 1);
	e.usable = 3 * (s.n - f.agree) <= s.n;
	e.lo = s.base + f.lo;
	e.hi = s.base + f.hi;
	return e;
}

/* Where an interval lies: 0 within warn, 1 past it and within max, 2 past max, -1 across an end. */
static int
place(int64_t lo, int64_t hi, int64_t warn, int64_t max)
{
	if (lo >= -warn && hi <= warn)
		return 0;
	if (lo > max || hi < -max)
		return 2;
	return lo >= -max && hi <= max && (lo > warn || hi < -warn) ? 1 : -1;
}

bool
estimate_enough(const struct estimate *e, int64_t root, int64_t warn, int64_t max)
{
	int64_t middle = e->lo + (e->hi - e->lo) / 2;
	int at = place(e->lo - root, e->hi + root, warn, max);

	if (!e->usable || e->agree < ESTIMATE_FEW)
		return false;
	if (at == 0)
		return true;
	/* past a limit, or the server's own error alone leaves it open: then no sample helps */
	return e->agree >= ESTIMATE_SURE &&
	       (at > 0 || place(middle - root, middle + root, warn, max) < 0);
}
