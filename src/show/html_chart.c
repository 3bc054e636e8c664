/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the charts: what was measured against its limit: the value, how far the truth may be from
 * it, the limits, and when one is reached if that can be said.
 */
#include "base/day.h"
#include "show/html_scale.h"
#include "show/words.h"

#include <math.h>
#include <string.h>

/* The band of the truth: its upper edge forth, its lower edge back. */
static void
bound(const struct chart *c, size_t from, size_t to, struct str *out)
{
	size_t wide = 0;

	for (size_t i = from; i < to; i++)
		wide += scale_bound(&c->v[i]) > 0;
	if (wide == 0)
		return;
	str_add(out, "<path class=\"bound\" d=\"M");
	for (size_t i = from; i < to; i++)
		str_addf(out, "%.1f %.1f ", scale_x(c, c->v[i].at),
		    scale_y(c, c->v[i].value + scale_bound(&c->v[i])));
	for (size_t i = to; i-- > from;)
		str_addf(out, "%.1f %.1f ", scale_x(c, c->v[i].at),
		    scale_y(c, c->v[i].value - scale_bound(&c->v[i])));
	str_add(out, "Z\"/>\n");
}

/* What was not measured is a hole: no line leads across it. */
static void
values(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->v[c->n - 1];

	for (size_t i = 0, to; i < c->n; i = to) {
		to = i + 1;
		if (!isfinite(c->v[i].value))
			continue;
		while (to < c->n && isfinite(c->v[to].value))
			to++;
		bound(c, i, to, out);
		str_add(out, "<path class=\"value\" d=\"M");
		for (size_t k = i; k < to; k++)
			str_addf(
			    out, "%.1f %.1f ", scale_x(c, c->v[k].at), scale_y(c, c->v[k].value));
		if (to == i + 1) /* by itself: a dot, as round ends make it */
			str_add(out, "h.1");
		str_add(out, "\"/>\n");
	}
	str_addf(out, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n",
	    scale_x(c, last->at), scale_y(c, last->value));
}

/* What lies past the edge is not drawn: the line ends where it meets it. */
static void
forecast(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->v[c->n - 1];
	const struct deadline *d = &c->item->deadline;
	double goal = scale_goal(c), part = 1, x1 = scale_x(c, d->earliest),
	       x2 = scale_x(c, d->latest);

	if (!c->dated || !isfinite(goal))
		return;
	if (d->earliest < c->to)
		str_addf(out,
		    "<rect class=\"range\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
		    x1, SCALE_TOP, x2 > x1 + 2 ? x2 - x1 : 2,
		    SCALE_HEIGHT - SCALE_TOP - SCALE_BOTTOM);
	if (d->at > c->to)
		part = span_seconds(instant_minus(c->to, last->at)) /
		       span_seconds(instant_minus(d->at, last->at));
	str_addf(out, "<path class=\"next\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", scale_x(c, last->at),
	    scale_y(c, last->value), scale_x(c, d->at),
	    scale_y(c, last->value + part * (goal - last->value)));
}

static void
lines(const struct chart *c, struct str *out)
{
	char words[HTML_VALUE];

	for (size_t i = 0; i < c->nlimits; i++) {
		double y = scale_y(c, c->limit[i]);

		if (c->limit[i] < c->lo || c->limit[i] > c->hi)
			continue;
		str_addf(out,
		    "<path class=\"%s\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" "
		    "text-anchor=\"end\">%s</text><text class=\"soft\" x=\"%d\" "
		    "y=\"%.1f\">%s</text>\n",
		    c->warn[i] ? "warn" : "limit", SCALE_LEFT, y, SCALE_WIDTH - SCALE_RIGHT,
		    SCALE_LEFT - 4, y + 4, html_value(c->limit[i], c->metric->unit, words),
		    SCALE_LEFT + 4, y < SCALE_HEIGHT / 2.0 ? y + 13 : y - 5,
		    c->warn[i] ? "warning" : "limit");
	}
}

/* The value itself at the left, unless a limit is written there. */
static void
last_label(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->v[c->n - 1];
	char words[HTML_VALUE];
	double y = scale_y(c, last->value);

	for (size_t i = 0; i < c->nlimits; i++)
		if (fabs(scale_y(c, c->limit[i]) - y) < 13)
			return;
	str_addf(out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", SCALE_LEFT - 4,
	    y + 4, html_value(last->value, c->metric->unit, words));
}

static void
axis(const struct chart *c, struct str *out)
{
	char day[DAY_TEXT];
	double now = scale_x(c, c->r->now);

	str_addf(out, "<path class=\"grid\" d=\"M%d %dH%d\"/>", SCALE_LEFT,
	    SCALE_HEIGHT - SCALE_BOTTOM, SCALE_WIDTH - SCALE_RIGHT);
	str_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>", SCALE_LEFT,
	    SCALE_HEIGHT - 8, day_clock(c->from, c->r->now, day));
	if (c->to > c->r->now) {
		str_addf(out, "<path class=\"now\" d=\"M%.1f %dV%d\"/>", now, SCALE_TOP,
		    SCALE_HEIGHT - SCALE_BOTTOM);
		if (now > SCALE_LEFT + 150 && now < SCALE_WIDTH - 110)
			str_addf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">now</text>",
			    now, SCALE_HEIGHT - 8);
	}
	str_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
	    SCALE_WIDTH - SCALE_RIGHT, SCALE_HEIGHT - 8,
	    c->to > c->r->now ? day_short(c->to, c->r->now, day) : "now");
}

/* "must stay between −1 s and 1 s", in words, for who does not see the drawing. */
static void
caption(const struct chart *c, struct str *out)
{
	const struct sample *last = &c->v[c->n - 1];
	const struct range *r = c->metric->crit.set ? &c->metric->crit : &c->metric->warn;
	char a[HTML_VALUE], b[HTML_VALUE], fails[WORDS_MAX], day[DAY_TEXT];
	bool gone = last != &c->s->samples[c->s->n - 1];

	str_addf(out, "%s %s", html_value(last->value, c->metric->unit, a),
	    gone ? day_clock(last->at, c->r->now, day) : "now");
	if (scale_bound(last) > 0)
		str_addf(out, ", give or take %s", html_value(last->bound, c->metric->unit, a));
	if (gone)
		str_add(out, ", not measured since");
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
	if (c->dated)
		str_addf(out, "It reaches the limit %s.", words_fails(c->item, c->r->now, fails));
	else if (c->item->deadline.kind != DEADLINE_FORECAST)
		str_add(out, "No day can be named at which it reaches the limit.");
}

static void
figure(const struct chart *c, struct str *out)
{
	str_add(out, "<figure>\n<h3>");
	html_bdi(out, scale_check(c->r, c->s->result)->title, HTML_SHORT);
	str_add(out, ": ");
	html_bdi(out, c->metric->name, HTML_SHORT);
	if (strcmp(c->item->target, c->s->result->check) != 0) {
		str_add(out, ", ");
		html_bdi(out, c->item->target, HTML_SHORT);
	}
	str_addf(out,
	    "</h3>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"What was measured over "
	    "time, in words below\">\n",
	    SCALE_WIDTH, SCALE_HEIGHT);
	axis(c, out);
	forecast(c, out);
	lines(c, out);
	values(c, out);
	last_label(c, out);
	str_add(out, "</svg>\n<figcaption>");
	caption(c, out);
	str_add(out, "</figcaption>\n</figure>\n");
}

/* Those of things at that level; what has no room is counted. */
static void
figures(const struct page *p, enum level l, size_t *shown, size_t *more, struct str *out)
{
	struct chart c;

	for (size_t i = 0; i < p->nseries; i++) {
		if (!scale_begin(&c, &p->series[i], p->report) || c.item->verdict.level != l)
			continue;
		if (*shown < HTML_CHARTS_MAX) {
			++*shown;
			figure(&c, out);
		} else {
			++*more;
		}
	}
}

void
html_charts(const struct page *p, struct str *out)
{
	size_t shown = 0, more = 0;

	str_add(out, "<section id=\"drift\">\n<h2>How it drifts</h2>\n");
	for (int l = LEVEL_STOP; l >= LEVEL_OK; l--)
		figures(p, (enum level)l, &shown, &more, out);
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
