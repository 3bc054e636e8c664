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

/* From the first beginning to the last end of a stretch where `most` meet. */
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

struct vote
vote(struct interval *v, size_t n)
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
	stretch(e, 2 * n, out.most, &out);
	free(e);
	out.majority = out.most > n / 2;
	for (size_t i = 0; out.majority && i < n; i++)
		v[i].agrees = v[i].lo <= out.hi && v[i].hi >= out.lo;
	return out;
}
