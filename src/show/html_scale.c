/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the axes of a chart: which limits and times it reaches, and where a value lies.
 */
#include "show/html_scale.h"

#include <math.h>

#define LIMIT_ROOM 0.5 /* another limit may take that part of the height */
#define AHEAD_MAX 3    /* a forecast takes at most so many times the width of what was measured */

const struct report_check *
scale_check(const struct report *r, const struct result *result)
{
	for (size_t i = 0; i < r->nchecks; i++)
		if (r->checks[i].result == result)
			return &r->checks[i];
	return NULL;
}

static void
limit(struct chart *c, double v, bool warn)
{
	if (!isfinite(v))
		return;
	for (size_t i = 0; i < c->nlimits; i++)
		if (c->limit[i] == v) {
			c->warn[i] = c->warn[i] && warn;
			return;
		}
	c->limit[c->nlimits] = v;
	c->warn[c->nlimits++] = warn;
}

static void
limits(struct chart *c)
{
	const struct range *r[] = { &c->metric->crit, &c->metric->warn };

	for (int i = 0; i < 2; i++)
		if (r[i]->set) {
			limit(c, r[i]->lo, i == 1);
			limit(c, r[i]->hi, i == 1);
		}
}

double
scale_bound(const struct sample *v)
{
	return isfinite(v->bound) && v->bound > 0 ? v->bound : 0;
}

static void
reach(struct chart *c, double v)
{
	if (!isfinite(v))
		return;
	c->lo = v < c->lo ? v : c->lo;
	c->hi = v > c->hi ? v : c->hi;
}

/* Towards which end it moves: 1 up, -1 down. By the newest quarter: a clock that was set right
 * jumped the other way. */
static int
way(const struct chart *c)
{
	size_t back = c->n / 4 > 0 ? c->n / 4 : 1, from = c->n - 1 - back;

	while (!isfinite(c->v[from].value)) /* the newest is */
		from++;
	return c->v[c->n - 1].value < c->v[from].value ? -1 : 1;
}

double
scale_goal(const struct chart *c)
{
	const struct range *r[] = { &c->metric->crit, &c->metric->warn };

	for (int i = 0; i < 2; i++) {
		double end = way(c) > 0 ? r[i]->hi : r[i]->lo;

		if (r[i]->set && !r[i]->inverted && isfinite(end))
			return end;
	}
	return (double)NAN;
}

/* The next limit on the way of the newest values; without one there, the nearest. NaN: none. */
static double
next_limit(const struct chart *c)
{
	double last = c->v[c->n - 1].value, best = NAN;
	int to = way(c);

	for (int pass = 0; pass < 2 && isnan(best); pass++)
		for (size_t i = 0; i < c->nlimits; i++) {
			double far = c->limit[i] - last;

			if ((pass == 1 || far * to > 0) &&
			    (isnan(best) || fabs(far) < fabs(best - last)))
				best = c->limit[i];
		}
	return best;
}

/* Limits that would press the values into a flat line are left out, but for the next one and the
 * one that a forecast is of; so are those that lie behind, as the 0 of what only grows. */
static void
frame(struct chart *c)
{
	double room, next = next_limit(c), last = c->v[c->n - 1].value;

	c->lo = INFINITY;
	c->hi = -INFINITY;
	for (size_t i = 0; i < c->n; i++) {
		reach(c, c->v[i].value - scale_bound(&c->v[i]));
		reach(c, c->v[i].value + scale_bound(&c->v[i]));
	}
	reach(c, next);
	if (c->dated)
		reach(c, scale_goal(c));
	if (c->hi - c->lo < 1e-12)
		reach(c, c->hi + (c->hi != 0 ? fabs(c->hi) : 1));
	room = (c->hi - c->lo) * LIMIT_ROOM;
	for (size_t i = 0; i < c->nlimits; i++)
		if (fabs(c->limit[i] - next) <= room && (c->limit[i] - last) * (next - last) > 0)
			reach(c, c->limit[i]);
	room = (c->hi - c->lo) * 0.06;
	c->lo -= room;
	c->hi += room;
}

/* An item has one forecast: of two metrics with a limit nobody says here whose it is. */
static bool
is_dated(const struct chart *c)
{
	size_t limited = 0;

	for (size_t i = 0; i < c->item->nmetrics; i++)
		limited += c->item->metrics[i].warn.set || c->item->metrics[i].crit.set;
	return c->item->deadline.kind == DEADLINE_FORECAST && limited == 1 &&
	       c->item->deadline.at > c->v[c->n - 1].at;
}

/* What was measured, and of a forecast as much as leaves that to be seen. */
static bool
times(struct chart *c)
{
	instant last = c->v[c->n - 1].at, now = c->r->now;
	span seen, most;

	c->from = c->v[0].at;
	c->to = last > now ? last : now;
	if (last <= c->from)
		return false;
	seen = instant_minus(c->to, c->from);
	most = seen > SPAN_MAX / AHEAD_MAX ? SPAN_MAX : AHEAD_MAX * seen;
	c->dated = is_dated(c);
	if (c->dated && c->item->deadline.latest > c->to) {
		span ahead = instant_minus(c->item->deadline.latest, c->to);

		c->to = instant_plus(c->to, ahead < most ? ahead : most);
	}
	return true;
}

bool
scale_begin(struct chart *c, const struct page_series *s, const struct report *r)
{
	*c = (struct chart){ .s = s, .r = r, .v = s->samples, .n = s->n };
	for (; c->n > 0 && !isfinite(c->v[0].value); c->n--)
		c->v++;
	while (c->n > 0 && !isfinite(c->v[c->n - 1].value))
		c->n--;
	if (scale_check(r, s->result) == NULL || c->n < 2 || s->item >= s->result->nitems ||
	    s->metric >= s->result->items[s->item].nmetrics)
		return false;
	c->item = &s->result->items[s->item];
	c->metric = &c->item->metrics[s->metric];
	limits(c);
	if (!times(c))
		return false;
	frame(c);
	/* the whole height may be more than a number can be */
	return isfinite(c->hi - c->lo) && c->hi > c->lo;
}

double
scale_x(const struct chart *c, instant t)
{
	double part =
	    span_seconds(instant_minus(t, c->from)) / span_seconds(instant_minus(c->to, c->from));

	part = part < 0 ? 0 : part > 1 ? 1 : part;
	return SCALE_LEFT + part * (SCALE_WIDTH - SCALE_LEFT - SCALE_RIGHT);
}

double
scale_y(const struct chart *c, double v)
{
	return SCALE_TOP +
	       (c->hi - v) / (c->hi - c->lo) * (SCALE_HEIGHT - SCALE_TOP - SCALE_BOTTOM);
}
