/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns who follows whom: a certificate was renewed when another one of the same key, or of the same
 * subject and names, lives longer.
 */
#include "probes/census/census_private.h"

#include <stdlib.h>
#include <string.h>

#define TOPS_ARENA_MAX ((size_t)32 << 20) /* certificates have at most 1 MiB each */
#define CANDIDATES_MAX 16                 /* of one certificate, the longest-lived first */

/* A certificate by one of its traits. */
struct by {
	uint64_t trait;
	uint32_t cert;
};

/* The first of a group, taken apart once: all others are held against them. */
struct tops {
	struct arena *a;
	struct x509 v[CANDIDATES_MAX];
	bool good[CANDIDATES_MAX];
};

struct kin {
	struct census *c;
	struct by *v;
	size_t n;
	struct tops tops;
};

static const struct census *sorted;

/* By trait; of one trait the one that ends last comes first. */
static int
by_trait(const void *a, const void *b)
{
	const struct by *x = a, *y = b;
	const struct cert *p = &sorted->certs[x->cert], *q = &sorted->certs[y->cert];

	if (x->trait != y->trait)
		return x->trait < y->trait ? -1 : 1;
	if (p->until != q->until)
		return p->until > q->until ? -1 : 1;
	return x->cert < y->cert ? -1 : x->cert > y->cert;
}

/* Is each name of a among those of b? */
static bool
names_within(struct der a, struct der b)
{
	struct der in, one, other;
	unsigned tag;

	while (der_next(&a, &tag, &one, &one)) {
		bool there = false;

		for (in = b; !there && der_next(&in, &tag, &other, &other);)
			there = der_same(one, other);
		if (!there)
			return false;
	}
	return true;
}

static bool
names_meet(struct der a, struct der b)
{
	struct der in, one, other;
	unsigned tag;

	while (der_next(&a, &tag, &one, &one))
		for (in = b; der_next(&in, &tag, &other, &other);)
			if (der_same(one, other))
				return true;
	return false;
}

/* One key may serve several certificates of one server, which do not replace each other: names
 * that both have, or none at all, make them one. An authority of another key is another one, for
 * what it issued needs it. */
static bool
is_kin(const struct cert *a, const struct x509 *x, const struct cert *b, const struct x509 *y)
{
	bool subject = x->subject.len > 0 && der_same(x->subject, y->subject);
	bool key = a->traits.key == b->traits.key;

	if (a->ca || b->ca)
		return a->ca && b->ca && key && subject;
	if (key)
		return subject || (x->san.len == 0 && y->san.len == 0) ||
		       names_meet(x->san, y->san);
	if (x->subject.len == 0)
		return y->subject.len == 0 && x->san.len > 0 && names_within(x->san, y->san);
	return subject && names_within(x->san, y->san);
}

static bool
may_follow(const struct census *c, const struct cert *a, const struct cert *b)
{
	return a != b && b->until > a->until && b->until >= c->now && b->until > b->from;
}

/* One that is valid now is better than one that is not yet; then the one that begins first, since
 * it leaves the smallest gap, or lives longest. */
static bool
is_better(const struct census *c, const struct cert *b, const struct cert *than)
{
	bool valid = b->from <= c->now, other = than->from <= c->now;

	if (valid != other)
		return valid;
	return valid ? b->until > than->until : b->from < than->from;
}

static void
follow(struct census *c, uint32_t a, uint32_t b)
{
	struct cert *h = &c->certs[a], *n = &c->certs[b];

	if (h->next_by != NOBODY && !is_better(c, n, &c->certs[h->next_by]))
		return;
	h->next_by = b;
	h->follow = (uint8_t)(n->from <= c->now                           ? FOLLOW_TAKEN
			      : n->from <= instant_plus(h->until, SPAN_S) ? FOLLOW_LATER
									  : FOLLOW_GAP);
}

/* Of one group, which has the same trait: v[0] ends last. */
static void
search_group(struct census *c, struct tops *t, const struct by *v, size_t n)
{
	size_t tops = n - 1 < CANDIDATES_MAX ? n - 1 : CANDIDATES_MAX;

	arena_reset(t->a);
	for (size_t k = 0; k < tops; k++)
		t->good[k] = census_parse(c, &c->certs[v[k].cert], t->a, &t->v[k]);
	for (size_t i = 1; i < n; i++) {
		const struct cert *a = &c->certs[v[i].cert];
		struct x509 x;

		/* of one end all are as good as each other */
		if (c->certs[v[0].cert].until <= a->until)
			continue;
		arena_reset(c->item);
		if (!census_parse(c, a, c->item, &x))
			continue;
		for (size_t k = 0; k < tops && k < i; k++) {
			const struct cert *b = &c->certs[v[k].cert];

			if (b->until <= a->until)
				break;
			if (t->good[k] && may_follow(c, a, b) && is_kin(a, &x, b, &t->v[k]))
				follow(c, v[i].cert, v[k].cert);
		}
	}
	arena_reset(c->item);
}

static void
search(struct kin *k)
{
	sorted = k->c;
	if (k->n > 0)
		qsort(k->v, k->n, sizeof(*k->v), by_trait);
	for (size_t i = 0, end; i < k->n; i = end) {
		for (end = i + 1; end < k->n && k->v[end].trait == k->v[i].trait; end++)
			;
		if (end - i > 1)
			search_group(k->c, &k->tops, k->v + i, end - i);
	}
}

void
kin_find(struct census *c)
{
	struct kin k = { .c = c };

	if (c->ncerts < 2)
		return;
	k.v = malloc(c->ncerts * sizeof(*k.v));
	if (k.v == NULL)
		return;
	k.tops.a = arena_new(TOPS_ARENA_MAX);
	for (size_t round = 0; round < 2; round++) {
		k.n = 0;
		for (size_t i = 0; i < c->ncerts; i++) {
			const struct traits *t = &c->certs[i].traits;

			k.v[k.n++] = (struct by){ round == 0        ? t->key
						  : t->subject != 0 ? t->subject
								    : t->names,
				(uint32_t)i };
		}
		search(&k);
	}
	arena_free(k.tops.a);
	free(k.v);
	for (size_t i = 0; i < c->ncerts; i++)
		if (c->certs[i].next_by != NOBODY)
			c->certs[c->certs[i].next_by].before = (uint32_t)i;
}

bool
kin_matches(const struct cert *h, const struct noted *n)
{
	bool subject = n->subject != 0 && h->traits.subject == n->subject;
	bool key = h->traits.key == n->key;

	if (h->ca || n->ca)
		return h->ca && n->ca && key && subject;
	return subject || (key && n->names == h->traits.names) ||
	       (n->subject == 0 && n->names != 0 && h->traits.names == n->names);
}

uint32_t
kin_of_noted(const struct census *c, const struct noted *n)
{
	uint32_t best = NOBODY;

	for (size_t i = 0; i < c->ncerts; i++) {
		const struct cert *h = &c->certs[i];

		if (h->until < n->until || h->until < c->now || !kin_matches(h, n))
			continue;
		if (best == NOBODY || is_better(c, h, &c->certs[best]))
			best = (uint32_t)i;
	}
	return best;
}
