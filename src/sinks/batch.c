/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order of a batch: which letter may go now.
 */
#include "sinks/batch.h"

#include <stdlib.h>
#include <string.h>

struct place {
	const char *order;
	size_t i;
};

static int
by_order(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int d = strcmp(x->order, y->order);

	return d != 0 ? d : (x->i > y->i) - (x->i < y->i);
}

void
batch_init(struct batch *b, const struct letter *letters, size_t n, struct arena *a)
{
	struct place *p = arena_array(a, n + 1, sizeof(*p));

	*b = (struct batch){
		.n = n,
		.key = arena_array(a, n + 1, sizeof(*b->key)),
		.taken = arena_array(a, n + 1, sizeof(*b->taken)),
		.blocked = arena_array(a, n + 1, sizeof(*b->blocked)),
	};
	for (size_t i = 0; i < n; i++)
		p[i] = (struct place){ letters[i].order, i };
	qsort(p, n, sizeof(*p), by_order);
	for (size_t i = 0; i < n; i++) {
		bool same =
		    i > 0 && p[i].order[0] != '\0' && strcmp(p[i].order, p[i - 1].order) == 0;

		b->key[p[i].i] = same ? b->key[p[i - 1].i] : p[i].i;
	}
}

size_t
batch_next(struct batch *b)
{
	while (b->at < b->n && b->taken[b->at])
		b->at++;
	if (b->over)
		return BATCH_NONE;
	for (size_t i = b->at; i < b->n; i++) {
		if (b->taken[i] || b->blocked[b->key[i]])
			continue;
		b->taken[i] = true;
		b->blocked[b->key[i]] = true;
		b->flying++;
		return i;
	}
	return BATCH_NONE;
}

void
batch_done(struct batch *b, size_t i, const struct answer *w)
{
	b->flying--;
	switch (w->outcome) {
	case POST_DELIVERED:
	case POST_PARTLY:
		b->proven = true;
		b->failures = 0;
		b->blocked[b->key[i]] = false;
		break;
	case POST_REFUSED:
		b->blocked[b->key[i]] = false;
		break;
	case POST_LATER:
		if (w->retry_after > 0 || ++b->failures >= BATCH_FAILURES_MAX)
			b->over = true;
		break;
	case POST_PAUSED:
	case POST_AUTH:
	case POST_HELD:
	case POST_OUTCOMES:
		b->over = true;
		break;
	}
}
