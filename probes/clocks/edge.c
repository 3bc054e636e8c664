/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the interval that answers narrow, its aging, and the moment of the next question.
 */
#include "edge.h"

#define SECOND 1000000000LL

bool
edge_take(struct edge *e, int64_t from, int64_t to, int64_t sent, int64_t received, int64_t mono)
{
	int64_t lo = from - received, hi = to - sent;
	int64_t aging = (mono - e->at) / 1000000 * EDGE_DRIFT_PPM + 1;

	if (e->n == 0 || received - sent < e->trip)
		e->trip = received - sent;
	if (e->n > 0) {
		if (e->lo - aging > lo)
			lo = e->lo - aging;
		if (e->hi + aging < hi)
			hi = e->hi + aging;
	}
	if (lo > hi)
		return false;
	e->lo = lo;
	e->hi = hi;
	e->at = mono;
	e->n++;
	return true;
}

int64_t
edge_next(const struct edge *e, int64_t now)
{
	int64_t middle = e->lo + (e->hi - e->lo) / 2;
	/* sent now, it would arrive at this moment of theirs */
	int64_t arrives = now + e->trip / 2 + middle;
	int64_t into = arrives % SECOND;

	if (into < 0)
		into += SECOND;
	return now + SECOND - into;
}

int64_t
edge_radius(const struct edge *e)
{
	return (e->hi - e->lo + 1) / 2;
}
