/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for the interval that most agree on.
 */
#include "vote.h"

#include <stdlib.h>

struct edge {
	int64_t at;
	int step; /* 1: an interval begins; -1: it ends */
};

/* At one point beginnings come first: intervals that only touch do meet. */
static int
by_place(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return y->step - x->step;
}

static size_t
deepest(const struct edge *e, size_t n)
{
	size_t depth = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		depth = e[i].step > 0 ? depth + 1 : depth - 1;
		if (depth > most)
			most = depth;
	}
	return most;
}

/* From the first beginning to the last end of stretches where `most` or more meet. */
static void
stretch(const struct edge *e, size_t n, size_t most, struct vote *out)
{
	size_t depth = 0;
	bool found = false;

	for (size_t i = 0; i < n; i++) {
		if (e[i].step < 0) {
			if (depth == most)
				out->hi = e[i].at;
			depth--;
			continue;
		}
		depth++;
		if (depth == most && !found) {
			out->lo = e[i].at;
			found = true;
		}
	}
}

/* quorum: so many have to meet; 0: as many as do. */
static struct vote
meet(struct interval *v, size_t n, size_t quorum)
{
	struct edge *e = n == 0 ? NULL : calloc(2 * n, sizeof(*e));
	struct vote out = { .majority = false };

	for (size_t i = 0; i < n; i++) {
		v[i].agrees = false;
		if (e == NULL)
			continue;
		e[2 * i] = (struct edge){ v[i].lo, 1 };
		e[2 * i + 1] = (struct edge){ v[i].hi, -1 };
	}
	if (e == NULL)
		return out;
	qsort(e, 2 * n, sizeof(*e), by_place);
	out.most = deepest(e, 2 * n);
	if (out.most >= quorum)
		stretch(e, 2 * n, quorum == 0 ? out.most : quorum, &out);
	free(e);
	out.majority = out.most > n / 2;
	for (size_t i = 0; out.most >= quorum && i < n; i++)
		v[i].agrees = v[i].lo <= out.hi && v[i].hi >= out.lo;
	return out;
}

struct vote
vote_most(struct interval *v, size_t n)
{
	return meet(v, n, 0);
}

struct vote
vote(struct interval *v, size_t n)
{
	return meet(v, n, n / 2 + 1);
}
