/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the figures that both reports share: middle, width, agreement, the metric.
 */
#include "round.h"

int64_t
round_middle(int64_t lo, int64_t hi)
{
	return lo + (hi - lo) / 2;
}

int64_t
round_radius(int64_t lo, int64_t hi)
{
	return (hi - lo + 1) / 2;
}

size_t
round_agreeing(const struct round *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nvotes; i++)
		n += r->votes[i].agrees;
	return n;
}

struct metric
round_metric(const struct round *r, int64_t lo, int64_t hi, bool judged)
{
	double warn = span_seconds(r->warn), max = span_seconds(r->conf->max_offset);
	struct metric m = { .name = "offset",
		.unit = UNIT_SECONDS,
		.value = (double)round_middle(lo, hi) / (double)NS_S,
		.bound = (double)round_radius(lo, hi) / (double)NS_S };

	if (judged) {
		m.warn = (struct range){ .set = true, .lo = -warn, .hi = warn };
		m.crit = (struct range){ .set = true, .lo = -max, .hi = max };
	}
	return m;
}
