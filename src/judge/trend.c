/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the forecast: from samples to the day a limit is reached, or to silence.
 */
#include "judge/trend.h"

#include "judge/crystal.h"
#include "judge/slope.h"

#include <math.h>
#include <string.h>

const struct trend_terms trend_slow = { 24, 7 * SPAN_DAY, 365 * SPAN_DAY, 10, 0, 0 };
const struct trend_terms trend_clock = { 12, 6 * SPAN_H, 90 * SPAN_DAY, 40, CRYSTAL_WAVE,
	CRYSTAL_WALK };

static bool
two_sided(const struct range *r)
{
	return r->set && !r->inverted && isfinite(r->lo) && isfinite(r->hi);
}

const struct trend_terms *
trend_terms_for(const struct metric *m)
{
	bool time = m->unit == UNIT_SECONDS;

	return time && (two_sided(&m->crit) || two_sided(&m->warn)) ? &trend_clock : &trend_slow;
}

/* Sorts in place: groups are small. */
static double
middle(double *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		double x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

#define GROUP_MAX (TREND_SAMPLES_MAX / TREND_POINTS + 1)

/* One point for the samples which[from..to), at the middle of their time, seconds before now. */
static void
group(const struct sample *s, const size_t *which, size_t from, size_t to, instant now,
    struct slope_points *p)
{
	double v[GROUP_MAX], t[GROUP_MAX], b[GROUP_MAX];
	size_t k = to - from;

	for (size_t i = 0; i < k; i++) {
		const struct sample *x = &s[which[from + i]];

		v[i] = x->value;
		b[i] = isfinite(x->bound) ? fabs(x->bound) : 0;
		t[i] = (double)(x->at - now) / (double)INSTANT_S;
	}
	p->t[p->n] = middle(t, k);
	p->v[p->n] = middle(v, k);
	p->bound[p->n] = middle(b, k);
	p->n++;
}

/* Those that count, oldest first: numbers, each newer than the one before, none of the future. */
static size_t
usable(const struct sample *s, size_t n, instant now, size_t *which)
{
	instant before = INSTANT_NONE;
	size_t k = 0;

	for (size_t i = n > TREND_SAMPLES_MAX ? n - TREND_SAMPLES_MAX : 0; i < n; i++)
		if (isfinite(s[i].value) && s[i].at > before && s[i].at <= now) {
			before = s[i].at;
			which[k++] = i;
		}
	return k;
}

static void
gather(const struct sample *s, const size_t *which, size_t k, instant now, struct slope_points *p)
{
	size_t points = k < TREND_POINTS ? k : TREND_POINTS;

	p->n = 0;
	for (size_t i = 0; i < points; i++)
		group(s, which, i * k / points, (i + 1) * k / points, now, p);
}

static double
middle_of(const double *v, size_t n)
{
	double copy[TREND_STEP_POINTS];

	memcpy(copy, v, n * sizeof(*v));
	return middle(copy, n);
}

/* What jumped before the points that a line may go through. */
struct jumps {
	size_t first; /* point after the last step; 0 if there is none */
	int ups, downs;
	double least, most; /* before `first` */
};

static void
jumps_before(const struct slope_points *p, struct jumps *j)
{
	double least = INFINITY, most = -INFINITY;
	const size_t k = TREND_STEP_POINTS;

	*j = (struct jumps){ 0 };
	for (size_t i = 0; i < p->n; i++) {
		least = smaller(least, p->v[i]);
		most = larger(most, p->v[i]);
	}
	/* with fewer than 4 k points every ramp would be a step */
	for (size_t i = k; p->n >= 4 * k && i + k <= p->n; i++) {
		double step = middle_of(p->v + i, k) - middle_of(p->v + i - k, k);

		if (fabs(step) <= TREND_STEP * (most - least))
			continue;
		/* the same step is seen from several points next to each other */
		if (j->first == 0 || i - j->first > k) {
			j->ups += step > 0;
			j->downs += step < 0;
		}
		j->first = i;
	}
	j->least = INFINITY;
	j->most = -INFINITY;
	for (size_t i = 0; i < j->first; i++) {
		j->least = smaller(j->least, p->v[i]);
		j->most = larger(j->most, p->v[i]);
	}
}

static bool
habit(const struct jumps *j, const struct slope *b)
{
	if (b->likely > 0)
		return j->downs >= TREND_HABIT && b->level - b->spread <= j->most;
	return j->ups >= TREND_HABIT && b->level + b->spread >= j->least;
}

static bool
covered(const struct slope_points *p, const struct trend_terms *t)
{
	double cover, gap = 0;

	if (p->n < 2)
		return false;
	cover = p->t[p->n - 1] - p->t[0];
	for (size_t i = 1; i < p->n; i++)
		gap = larger(gap, p->t[i] - p->t[i - 1]);
	/* a point stands in the middle of its samples: half a point is missing at each end */
	cover += cover / (double)(p->n - 1);
	return cover >= span_seconds(t->min_cover) && gap <= TREND_GAP * cover &&
	       -p->t[p->n - 1] <= span_seconds(t->min_cover);
}

/* The end of the range the slope leads to. */
static bool
limit_of(const struct metric *m, bool up, double *limit)
{
	const struct range *ranges[] = { &m->crit, &m->warn };

	for (size_t i = 0; i < 2; i++) {
		*limit = up ? ranges[i]->hi : ranges[i]->lo;
		if (ranges[i]->set && !ranges[i]->inverted && isfinite(*limit))
			return true;
	}
	return false;
}

/* So many seconds from now, never before it. */
static instant
ahead(instant now, double seconds)
{
	instant t = instant_plus(now, span_from_seconds(seconds));

	return t > now ? t : now + 1;
}

/* What a forecast is made of. */
struct view {
	struct slope_points p;
	struct slope b;
	struct jumps jumps;
	struct settings set; /* of a clock */
};

/* The samples as points after the last jump, and the line through them. False: nobody can say. */
static bool
look(const struct sample *s, size_t n, const struct trend_terms *t, instant now, struct view *v)
{
	size_t which[TREND_SAMPLES_MAX], k = usable(s, n, now, which);

	v->set = (struct settings){ 0 };
	if (t->wave > 0)
		crystal_settings(s, which, k, &v->set);
	k -= v->set.first;
	gather(s, which + v->set.first, k, now, &v->p);
	jumps_before(&v->p, &v->jumps);
	k = v->p.n > 0 ? k * (v->p.n - v->jumps.first) / v->p.n : 0;
	slope_points_drop(&v->p, v->jumps.first);
	return k >= t->min_samples && covered(&v->p, t) && slope_of(&v->p, t->wave > 0, &v->b) &&
	       !habit(&v->jumps, &v->b);
}

bool
trend_forecast(const struct sample *s, size_t n, const struct metric *m,
    const struct trend_terms *t, instant now, struct deadline *out)
{
	struct view v;
	struct slope *b = &v.b;
	double limit, way, last, horizon, cover;

	*out = (struct deadline){ .kind = DEADLINE_NONE };
	if (!look(s, n, t, now, &v) || !limit_of(m, b->likely > 0, &limit))
		return false;
	last = v.p.t[v.p.n - 1];
	cover = last - v.p.t[0];
	way = fabs(limit - b->level) * ((limit > b->level) == (b->likely > 0) ? 1 : -1);
	if (way <= 0) /* it is there: the metric itself says so */
		return false;
	horizon = smaller(span_seconds(t->horizon), t->reach * cover);
	if (last + way / fabs(b->likely) > horizon)
		return false;
	if (t->wave > 0 &&
	    !crystal_widen(t, &v.set, v.p.v[v.p.n - 1], cover, way / fabs(b->likely), b))
		return false;
	out->kind = DEADLINE_FORECAST;
	out->life = TREND_LIFE;
	out->earliest = ahead(now, last + larger(way - b->spread, 0) / b->steepest);
	out->at = ahead(now, last + way / fabs(b->likely));
	out->latest = ahead(now, last + (way + b->spread) / b->flattest);
	return true;
}
