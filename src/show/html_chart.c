/* SPDX-License-Identifier: Apache-2.0
 *
 * What was measured against its limit: the value, how far the truth may be from it, the limits, and
 * when one is reached if that can be said.
 */
#include "base/day.h"
#include "show/html_in.h"
#include "show/words.h"

#include <math.h>
#include <string.h>

#define WIDTH 640 /* px of the drawing, as are the next ones */
#define HEIGHT 220
#define LEFT 64
#define RIGHT 12
#define TOP 10
#define BOTTOM 24
#define LIMITS 4
#define LIMIT_ROOM 0.5 /* another limit may take that part of the height */
#define AHEAD_MAX 3    /* a forecast takes at most so many times the width of what was measured */

struct chart {
	const struct page_series *s;
	const struct report *r;
	const struct item *item;
	const struct metric *metric;
	double limit[LIMITS];
	bool warn[LIMITS]; /* that limit only warns */
	size_t nlimits;
	instant from, to;
	double lo, hi;
	bool dated; /* it reaches a limit, most likely then */
};

static const struct report_check *
check_of(const struct report *r, const struct result *result)
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

static void
reach(struct chart *c, double v)
{
	if (!isfinite(v))
		return;
	c->lo = v < c->lo ? v : c->lo;
	c->hi = v > c->hi ? v : c->hi;
}

/* Towards which end it moves: 1 up, -1 down. */
static int
way(const struct chart *c)
{
	const struct sample *v = c->s->samples;

	return v[c->s->n - 1].value < v[0].value ? -1 : 1;
}

/* The next limit on its way; without one there, the nearest. NaN: there is none. */
static double
next_limit(const struct chart *c)
{
	double last = c->s->samples[c->s->n - 1].value, best = NAN;
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

/* Limits that would press the values into a flat line are left out, but for the next one. */
static void
frame(struct chart *c)
{
	double room, next = next_limit(c);

	c->lo = INFINITY;
	c->hi = -INFINITY;
	for (size_t i = 0; i < c->s->n; i++) {
		const struct sample *v = &c->s->samples[i];
		double bound = isfinite(v->bound) ? v->bound : 0;

		reach(c, v->value - bound);
		reach(c, v->value + bound);
	}
	reach(c, next);
	if (c->hi - c->lo < 1e-12)
		reach(c, c->hi + (c->hi != 0 ? fabs(c->hi) : 1));
	room = (c->hi - c->lo) * LIMIT_ROOM;
	for (size_t i = 0; i < c->nlimits; i++)
		if (fabs(c->limit[i] - next) <= room)
			reach(c, c->limit[i]);
	room = (c->hi - c->lo) * 0.06;
	c->lo -= room;
	c->hi += room;
}

static bool
begin(struct chart *c, const struct page_series *s, const struct report *r)
{
	span seen;

	*c = (struct chart){ .s = s, .r = r };
	if (check_of(r, s->result) == NULL || s->n < 2 || s->item >= s->result->nitems ||
	    s->metric >= s->result->items[s->item].nmetrics)
		return false;
	c->item = &s->result->items[s->item];
	c->metric = &c->item->metrics[s->metric];
	limits(c);
	frame(c);
	c->from = s->samples[0].at;
	c->to = s->samples[s->n - 1].at > r->now ? s->samples[s->n - 1].at : r->now;
	seen = instant_minus(c->to, c->from);
	c->dated = c->item->deadline.kind == DEADLINE_FORECAST && c->item->deadline.at > r->now;
	if (c->dated && instant_minus(c->item->deadline.at, c->to) < AHEAD_MAX * seen)
		c->to = c->item->deadline.latest > c->to &&
				instant_minus(c->item->deadline.latest, c->to) < AHEAD_MAX * seen
			    ? c->item->deadline.latest
			    : c->item->deadline.at;
	else
		c->dated = false;
	return seen > 0 && isfinite(c->lo) && isfinite(c->hi);
}

static double
x_of(const struct chart *c, instant t)
{
	double part = (double)instant_minus(t, c->from) / (double)instant_minus(c->to, c->from);

	part = part < 0 ? 0 : part > 1 ? 1 : part;
	return LEFT + part * (WIDTH - LEFT - RIGHT);
}

static double
y_of(const struct chart *c, double v)
{
	return TOP + (c->hi - v) / (c->hi - c->lo) * (HEIGHT - TOP - BOTTOM);
}

/* The band of the truth: its upper edge forth, its lower edge back. */
static void
bound(const struct chart *c, struct str *out)
{
	const struct sample *v = c->s->samples;
	size_t n = c->s->n, wide = 0;

	for (size_t i = 0; i < n; i++)
		wide += isfinite(v[i].bound) && v[i].bound > 0;
	if (wide == 0)
		return;
	str_add(out, "<path class=\"bound\" d=\"");
	for (size_t i = 0; i < 2 * n; i++) {
		const struct sample *p = &v[i < n ? i : 2 * n - 1 - i];
		double b = isfinite(p->bound) ? p->bound : 0;

		if (isfinite(p->value))
			str_addf(out, "%c%.1f %.1f", out->s[out->len - 1] == '"' ? 'M' : 'L',
			    x_of(c, p->at), y_of(c, p->value + (i < n ? b : -b)));
	}
	str_add(out, "Z\"/>\n");
}

static void
values(const struct chart *c, struct str *out)
{
	const struct sample *v = c->s->samples, *last = NULL;

	str_add(out, "<path class=\"value\" d=\"");
	for (size_t i = 0; i < c->s->n; i++)
		if (isfinite(v[i].value)) {
			str_addf(out, "%c%.1f %.1f", last == NULL ? 'M' : 'L', x_of(c, v[i].at),
			    y_of(c, v[i].value));
			last = &v[i];
		}
	str_add(out, "\"/>\n");
	if (last != NULL)
		str_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n",
		    x_of(c, last->at), y_of(c, last->value));
}

static void
forecast(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->s->samples[c->s->n - 1];
	const struct deadline *d = &c->item->deadline;
	double x1, x2;

	if (!c->dated || c->nlimits == 0 || !isfinite(last->value))
		return;
	x1 = x_of(c, d->earliest);
	x2 = x_of(c, d->latest);
	str_addf(out, "<rect class=\"range\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
	    x1, TOP, x2 > x1 + 2 ? x2 - x1 : 2, HEIGHT - TOP - BOTTOM);
	str_addf(out, "<path class=\"next\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", x_of(c, last->at),
	    y_of(c, last->value), x_of(c, d->at), y_of(c, next_limit(c)));
}

static void
lines(const struct chart *c, struct str *out)
{
	char words[HTML_VALUE];

	for (size_t i = 0; i < c->nlimits; i++) {
		double y = y_of(c, c->limit[i]);

		if (c->limit[i] < c->lo || c->limit[i] > c->hi)
			continue;
		str_addf(out,
		    "<path class=\"%s\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" "
		    "text-anchor=\"end\">%s</text><text class=\"soft\" x=\"%d\" "
		    "y=\"%.1f\">%s</text>\n",
		    c->warn[i] ? "warn" : "limit", LEFT, y, WIDTH - RIGHT, LEFT - 4, y + 4,
		    html_value(c->limit[i], c->metric->unit, words), LEFT + 4,
		    y < HEIGHT / 2.0 ? y + 13 : y - 5, c->warn[i] ? "warning" : "limit");
	}
}

/* The value itself at the left, unless a limit is written there. */
static void
last_label(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->s->samples[c->s->n - 1];
	char words[HTML_VALUE];
	double y = y_of(c, last->value);

	if (!isfinite(last->value))
		return;
	for (size_t i = 0; i < c->nlimits; i++)
		if (fabs(y_of(c, c->limit[i]) - y) < 13)
			return;
	str_addf(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", LEFT - 4, y + 4,
	    html_value(last->value, c->metric->unit, words));
}

static void
axis(const struct chart *c, struct str *out)
{
	char day[DAY_TEXT];
	double now = x_of(c, c->r->now);

	str_addf(
	    out, "<path class=\"grid\" d=\"M%d %dH%d\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT);
	str_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>", LEFT, HEIGHT - 8,
	    day_clock(c->from, c->r->now, day));
	if (c->to > c->r->now) {
		str_addf(out, "<path class=\"now\" d=\"M%.1f %dV%d\"/>", now, TOP, HEIGHT - BOTTOM);
		if (now > LEFT + 150 && now < WIDTH - 110)
			str_addf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">now</text>",
			    now, HEIGHT - 8);
	}
	str_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
	    WIDTH - RIGHT, HEIGHT - 8,
	    c->to > c->r->now ? day_short(c->to, c->r->now, day) : "now");
}

/* "must stay between −1 s and 1 s", in words, for who does not see the drawing. */
static void
caption(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->s->samples[c->s->n - 1];
	const struct range *r = c->metric->crit.set ? &c->metric->crit : &c->metric->warn;
	char a[HTML_VALUE], b[HTML_VALUE], fails[WORDS_MAX];

	str_addf(out, "%s now", html_value(last->value, c->metric->unit, a));
	if (isfinite(last->bound) && last->bound > 0)
		str_addf(out, ", give or take %s", html_value(last->bound, c->metric->unit, a));
	if (r->set && r->inverted)
		str_addf(out, "; must stay out of %s to %s", html_value(r->lo, c->metric->unit, a),
		    html_value(r->hi, c->metric->unit, b));
	else if (r->set && isfinite(r->lo) && isfinite(r->hi))
		str_addf(out, "; must stay between %s and %s",
		    html_value(r->lo, c->metric->unit, a), html_value(r->hi, c->metric->unit, b));
	else if (r->set && isfinite(r->hi))
		str_addf(out, "; must stay under %s", html_value(r->hi, c->metric->unit, b));
	else if (r->set)
		str_addf(out, "; must stay over %s", html_value(r->lo, c->metric->unit, a));
	str_add(out, ". ");
	if (c->item->deadline.kind == DEADLINE_FORECAST)
		str_addf(out, "It reaches the limit %s.", words_fails(c->item, c->r->now, fails));
	else
		str_add(out, "No day can be named at which it reaches the limit.");
}

static void
figure(const struct chart *c, struct str *out)
{
	str_add(out, "<figure>\n<h3>");
	html_bdi(out, check_of(c->r, c->s->result)->title, HTML_SHORT);
	str_add(out, ": ");
	html_bdi(out, c->metric->name, HTML_SHORT);
	if (strcmp(c->item->target, c->s->result->check) != 0) {
		str_add(out, ", ");
		html_bdi(out, c->item->target, HTML_SHORT);
	}
	str_addf(out,
	    "</h3>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"What was measured over "
	    "time, in words below\">\n",
	    WIDTH, HEIGHT);
	axis(c, out);
	forecast(c, out);
	bound(c, out);
	lines(c, out);
	values(c, out);
	last_label(c, out);
	str_add(out, "</svg>\n<figcaption>");
	caption(c, out);
	str_add(out, "</figcaption>\n</figure>\n");
}

void
html_charts(const struct page *p, struct str *out)
{
	size_t shown = 0, more = 0;
	struct chart c;

	str_add(out, "<section id=\"drift\">\n<h2>How it drifts</h2>\n");
	for (size_t i = 0; i < p->nseries; i++) {
		if (!begin(&c, &p->series[i], p->report))
			continue;
		if (shown < HTML_CHARTS_MAX) {
			shown++;
			figure(&c, out);
		} else {
			more++;
		}
	}
	if (more > 0)
		str_addf(out,
		    "<p class=\"soft\">and %zu more; <code>forewarn status ID --format html</code> "
		    "shows those of one check</p>\n",
		    more);
	if (shown == 0)
		str_add(out, p->watched
				 ? "<p>Nothing with a limit has been measured twice yet.</p>\n"
				 : "<p>This page is of one moment: how things move is known where "
				   "forewarnd watches.</p>\n");
	str_add(out, "</section>\n");
}
