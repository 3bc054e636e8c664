/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns judging the chain of a file.
 */
#include "probes/cert/line.h"

_Static_assert(CERT_CHAIN_MAX <= 64, "a bit for each certificate of a chain");

void
line_add(struct line *l, struct der der, bool kept)
{
	const uint8_t *p = der.p;
	struct x509 x;
	struct err e;
	X509 *one;

	if (l->n >= CERT_CHAIN_MAX) {
		l->more = true;
		return;
	}
	if (x509_parse(der.p, der.len, &x, &e) < 0)
		return;
	l->v[l->n++] = (struct link){ .subject = census_name_hash(x.subject),
		.issuer = census_name_hash(x.issuer),
		.until = x.not_after,
		.ca = x.ca,
		.self = der_same(x.issuer, x.subject) };
	if (!kept)
		return;
	if (l->shown == NULL)
		l->shown = sk_X509_new_null();
	one = d2i_X509(NULL, &p, (long)der.len);
	if (one == NULL || l->shown == NULL || sk_X509_push(l->shown, one) <= 0)
		X509_free(one);
}

static size_t
find_subject(const struct line *l, uint64_t name)
{
	size_t i = 0;

	while (i < l->n && l->v[i].subject != name)
		i++;
	return i;
}

static bool
leads_over(const struct line *l, uint64_t on, size_t at)
{
	for (size_t i = 0; i < l->n; i++)
		if ((on >> i & 1) != 0 && !l->v[i].self && l->v[i].issuer == l->v[at].subject)
			return true;
	return false;
}

/* The places, as bits, that a path from a certificate which is no authority may lead over, by
 * names.
 */
static uint64_t
paths_of_all(const struct line *l)
{
	uint64_t on = 0, before;

	for (size_t i = 0; i < l->n; i++)
		on |= (uint64_t)!l->v[i].ca << i;
	do {
		before = on;
		for (size_t i = 0; i < l->n; i++)
			if ((on >> i & 1) == 0 && leads_over(l, on, i))
				on |= UINT64_C(1) << i;
	} while (on != before);
	return on;
}

/* An authority that ends the path with a name which is not in the file: an old root's signature for
 * a new root's name. Who trusts the new root stops before it. */
static bool
is_cross(const struct line *l, size_t at)
{
	const struct link *k = &l->v[at];

	return at >= 2 && k->ca && !k->self && k->subject != l->v[0].issuer &&
	       find_subject(l, k->issuer) == l->n;
}

static void
mark_needless(const struct line *l, const struct cert_run *run, uint32_t place)
{
	uint64_t on = paths_of_all(l);

	for (size_t i = 1; i < l->n; i++)
		if (is_cross(l, i) || (on >> i & 1) == 0)
			census_needless(run->census, place, i + 1);
}

static void
judge(struct line *l, const struct cert_run *run, uint32_t place, const char *path, struct arena *a)
{
	struct chain c;

	chain_judge(&c, l->shown, run->trust, false, run->now, a);
	for (size_t i = 0; i < c.n; i++)
		if (c.extra[i])
			census_extra(run->census, place, i + 1);
	chain_tell(run, &c, path, a);
}

static const struct evidence not_asked = { "chain", "not asked" };

void
line_judge(
    struct line *l, const struct cert_run *run, uint32_t place, const char *path, struct arena *a)
{
	bool asked = run->trust->given && l->shown != NULL;

	if (l->n > 0 && !l->v[0].ca && !l->more) {
		if (asked)
			judge(l, run, place, path, a);
		else {
			census_place_note(run->census, place, &not_asked);
			mark_needless(l, run, place);
		}
	}
	sk_X509_pop_free(l->shown, X509_free);
	l->shown = NULL;
}
