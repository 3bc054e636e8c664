/* SPDX-License-Identifier: Apache-2.0
 *
 * html_scale: what a chart shows of a metric's history, and where on paper it lies. For
 * src/show/html*.c only.
 */
#ifndef SHOW_HTML_SCALE_H
#define SHOW_HTML_SCALE_H

#include "show/html_private.h"

/* px of the drawing */
#define SCALE_WIDTH 640
#define SCALE_HEIGHT 220
#define SCALE_LEFT 64
#define SCALE_RIGHT 12
#define SCALE_TOP 10
#define SCALE_BOTTOM 24

#define SCALE_LIMITS 4 /* two ends of two ranges */

struct chart {
	const struct page_series *s;
	const struct report *r;
	const struct item *item;
	const struct metric *metric;
	const struct sample *v; /* from the first that was measured to the last one */
	size_t n;
	double limit[SCALE_LIMITS];
	bool warn[SCALE_LIMITS]; /* that limit only warns */
	size_t nlimits;
	instant from, to;
	double lo, hi;
	bool dated; /* the item's forecast is of this metric */
};

/* False: there is nothing to be drawn. */
bool scale_begin(struct chart *c, const struct page_series *s, const struct report *r);

double scale_x(const struct chart *c, instant t); /* past an edge: the edge */
double scale_y(const struct chart *c, double v);

/* How far the truth may be from it; 0: exact, or not known. */
double scale_bound(const struct sample *v);

/* What a forecast is of (judge/trend.h): the hard limit where the way leads to an end of it, else
 * the other one. NaN: neither. */
double scale_goal(const struct chart *c);

const struct report_check *scale_check(const struct report *r, const struct result *result);

#endif
