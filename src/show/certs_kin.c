/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what rows of the inventory have to do with each other: the same key, and renewals that one
 * check saw and another one did not. Within one check its probe has compared them.
 */
#include "show/certs_private.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

void
certs_put(struct arena *a, const char ***v, size_t *n, size_t *cap, const char *text)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*v)[i], text) == 0)
			return;
	*v = arena_grow(a, *v, *n, cap, sizeof(**v));
	(*v)[(*n)++] = text;
}

static int
by_text(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static int
by_key(const void *a, const void *b)
{
	const struct certs_row *x = *(struct certs_row *const *)a;
	const struct certs_row *y = *(struct certs_row *const *)b;
	int d = by_text(x->key_sha256, y->key_sha256);

	return d != 0 ? d : (x > y) - (x < y);
}

/* By subject and names; of the same ones, what ends last comes first. */
static int
by_holder(const void *a, const void *b)
{
	const struct certs_row *x = *(struct certs_row *const *)a;
	const struct certs_row *y = *(struct certs_row *const *)b;
	int d = by_text(x->subject, y->subject);

	if (d == 0)
		d = by_text(x->names_sha256, y->names_sha256);
	if (d == 0 && x->ends != y->ends)
		return x->ends > y->ends ? -1 : 1;
	return d != 0 ? d : (x > y) - (x < y);
}

static bool
of_one_check(const struct certs_row *x, const struct certs_row *y)
{
	for (size_t i = 0; i < x->nchecks; i++)
		for (size_t k = 0; k < y->nchecks; k++)
			if (x->checks[i] == y->checks[k])
				return true;
	return false;
}

static void
relate_keys(struct certs_row **v, size_t n, struct arena *a)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && by_text(v[i]->key_sha256, v[end]->key_sha256) == 0;)
			end++;
		if (v[i]->key_sha256 == NULL || end - i < 2)
			continue;
		for (size_t k = i; k < end; k++) {
			const char *note = arena_printf(a,
			    "The same key is in %zu other certificate%s of this list", end - i - 1,
			    end - i == 2 ? "" : "s");

			v[k]->kin = v + i;
			v[k]->nkin = end - i;
			certs_put(a, &v[k]->notes, &v[k]->nnotes, &v[k]->cap_notes, note);
		}
	}
}

/* An authority of another key is another one, and a subject without a word is nobody's. */
static bool
may_be_renewed(const struct certs_row *old)
{
	return old->subject != NULL && old->subject[0] != '\0' && !old->authority &&
	       old->state == CERTS_SEEN && old->start_by != INSTANT_NONE;
}

static bool
renews(const struct certs_row *next, const struct certs_row *old, instant now)
{
	return next->state == CERTS_SEEN && next->ends > old->ends &&
	       next->begins != INSTANT_NONE && next->begins <= now && next->ends > now &&
	       !of_one_check(next, old);
}

static void
relate_renewals(struct certs_row **v, size_t n, instant now, struct arena *a)
{
	char day[DAY_TEXT];

	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && by_text(v[i]->subject, v[end]->subject) == 0 &&
				  by_text(v[i]->names_sha256, v[end]->names_sha256) == 0;)
			end++;
		for (size_t k = i + 1; k < end && may_be_renewed(v[k]); k++) {
			/* the one that ends last, of those that are valid and another check's */
			for (size_t c = i; c < k && v[k]->renewal == NULL; c++)
				if (renews(v[c], v[k], now))
					v[k]->renewal = v[c];
			if (v[k]->renewal == NULL)
				continue;
			certs_put(a, &v[k]->notes, &v[k]->nnotes, &v[k]->cap_notes,
			    arena_printf(a,
				"Its renewal, until %s, is at %s (check %s); the former one is "
				"still shown here",
				day_short(v[k]->renewal->ends, now, day), v[k]->renewal->places[0],
				v[k]->renewal->checks[0]->result->check));
		}
	}
}

void
certs_relate(struct certs *c, struct arena *a)
{
	struct certs_row **keys = arena_array(a, c->n + 1, sizeof(struct certs_row *));
	struct certs_row **holders = arena_array(a, c->n + 1, sizeof(struct certs_row *));

	for (size_t i = 0; i < c->n; i++)
		keys[i] = holders[i] = &c->rows[i];
	qsort(holders, c->n, sizeof(struct certs_row *), by_holder);
	relate_renewals(holders, c->n, c->report->now, a);
	qsort(keys, c->n, sizeof(struct certs_row *), by_key);
	relate_keys(keys, c->n, a);
}
