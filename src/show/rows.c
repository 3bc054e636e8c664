/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order of items, and what is folded into one row.
 */
#include "show/rows.h"

#include <stdlib.h>
#include <string.h>

static size_t
count_items(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nchecks; i++)
		n += r->checks[i].result->nitems;
	return n;
}

static int
by_instant(instant a, instant b)
{
	/* none comes last */
	if (a == INSTANT_NONE || b == INSTANT_NONE)
		return (a == INSTANT_NONE) - (b == INSTANT_NONE);
	return (a > b) - (a < b);
}

static instant
deadline_of(const struct item *it)
{
	return it->deadline.kind == DEADLINE_NONE ? INSTANT_NONE : it->deadline.at;
}

static int
by_name(const struct row *x, const struct row *y)
{
	int d = strcmp(x->check->title, y->check->title);

	if (d == 0)
		d = strcmp(x->check->result->check, y->check->result->check);
	return d != 0 ? d : strcmp(x->item->target, y->item->target);
}

static int
by_urgency(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int d = (int)y->sign - (int)x->sign;

	if (d == 0)
		d = by_instant(x->item->verdict.start_by, y->item->verdict.start_by);
	return d != 0 ? d : by_name(x, y);
}

static int
by_deadline(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int d = by_instant(deadline_of(x->item), deadline_of(y->item));

	return d != 0 ? d : by_name(x, y);
}

/* Of one check and sign: how many are listed before the rest becomes one row. */
static size_t
listed(enum sign sign, size_t have)
{
	if (sign == SIGN_OK)
		return have > ROWS_FINE_MAX ? 0 : have;
	return have > ROWS_SAME_MAX ? ROWS_SAME_MAX : have;
}

/* rows are sorted; each (check, sign) keeps its first few and one row for the others. */
static size_t
fold(struct row *rows, size_t n, const struct report *r, struct arena *a)
{
	struct row_tally {
		size_t have, seen;
		struct row *folded;
	} *tally = arena_array(a, r->nchecks * SIGN_N, sizeof(*tally));
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		tally[(size_t)(rows[i].check - r->checks) * SIGN_N + rows[i].sign].have++;
	for (size_t i = 0; i < n; i++) {
		struct row row = rows[i];
		struct row_tally *t = &tally[(size_t)(row.check - r->checks) * SIGN_N + row.sign];

		if (t->seen++ < listed(row.sign, t->have)) {
			rows[kept++] = row;
		} else if (t->folded == NULL) {
			row.fold = true;
			row.more = t->have - (t->seen - 1);
			rows[kept] = row;
			t->folded = &rows[kept++];
		} else if (by_instant(deadline_of(row.item), deadline_of(t->folded->item)) < 0) {
			t->folded->item = row.item;
		}
	}
	return kept;
}

static struct row
row_of(const struct report_check *c, const struct item *it)
{
	const struct verdict *v = &it->verdict;

	return (struct row){ v->level, c, it, 0, false, sign_of(v->level, v->excepted) };
}

struct row *
rows_by_urgency(const struct report *r, bool all, struct arena *a, size_t *n)
{
	struct row *rows = arena_array(a, count_items(r) + 1, sizeof(*rows));

	*n = 0;
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			rows[(*n)++] = row_of(&r->checks[i], it);
		}
	qsort(rows, *n, sizeof(*rows), by_urgency);
	if (!all)
		*n = fold(rows, *n, r, a);
	return rows;
}

struct row *
rows_by_deadline(const struct report *r, struct arena *a, size_t *n)
{
	struct row *rows = arena_array(a, count_items(r) + 1, sizeof(*rows));

	*n = 0;
	for (size_t i = 0; i < r->nchecks; i++)
		for (size_t k = 0; k < r->checks[i].result->nitems; k++) {
			const struct item *it = &r->checks[i].result->items[k];

			if (it->deadline.kind != DEADLINE_NONE && it->deadline.at > r->now)
				rows[(*n)++] = row_of(&r->checks[i], it);
		}
	qsort(rows, *n, sizeof(*rows), by_deadline);
	return rows;
}
