/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words for an offset.
 */
#include "words.h"

#include <stdio.h>

#define ROUGH (10 * SPAN_MIN) /* beyond, two digits are enough for people */

/* The digits after the point of a unit of `unit` ns that show steps of `step` ns. */
static int
digits(int64_t step, int64_t unit)
{
	int n = 0;

	while (unit > 1 && n < 6 && step < unit) {
		unit /= 10;
		n++;
	}
	return n;
}

/* The next whole number up, of what is not negative and less than 2^63. Not ceil(3): libm would be
 * loaded at each start of the program for it. */
static double
whole_up(double v)
{
	double down = (double)(int64_t)v;

	return down < v ? down + 1 : down;
}

const char *
clock_words(int64_t offset, int64_t bound, int64_t limit, char buf[CLOCK_WORDS])
{
	int64_t size = offset < 0 ? -offset : offset, step = limit / 100 < 1 ? 1 : limit / 100;
	const char *way = offset < 0 ? "slow" : "fast";
	bool ms = size < SPAN_S && limit < SPAN_S / 10;
	int64_t unit = ms ? SPAN_MS : SPAN_S;
	int n = digits(step < SPAN_MS && !ms ? SPAN_MS : step, unit);
	double scale = 1, last;
	char text[SPAN_TEXT];

	for (int i = 0; i < n; i++)
		scale *= 10;
	if (size >= ROUGH && bound < size / 10) {
		snprintf(buf, CLOCK_WORDS, "about %s %s", span_words(size, text), way);
		return buf;
	}
	if (size + bound <= limit) {
		last = whole_up((double)(size + bound) / (double)unit * scale) / scale;
		snprintf(buf, CLOCK_WORDS, "within %.*f %s of true time", n, last, ms ? "ms" : "s");
		return buf;
	}
	/* rounded up, and by as much as the rounding of the offset may have taken */
	last = whole_up(((double)bound / (double)unit) * scale + 0.5) / scale;
	snprintf(buf, CLOCK_WORDS, "%.*f %s %s, give or take %.*f %s", n,
	    (double)size / (double)unit, ms ? "ms" : "s", way, n, last, ms ? "ms" : "s");
	return buf;
}
