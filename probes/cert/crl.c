/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the lists of a check: who signed them, and whom they name.
 */
#include "probes/cert/crl_private.h"

#include "probes/cert/chain.h"
#include "probes/x509/x509_item.h"

#include <limits.h>
#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX (CRLS_BYTES_MAX + ((size_t)128 << 20)) /* and what is kept of certificates */

static struct der
copy(struct arena *a, struct der d)
{
	uint8_t *to = arena_alloc(a, d.len + 1);

	if (d.len > 0)
		memcpy(to, d.p, d.len);
	return (struct der){ to, d.len };
}

int
crls_add(struct crls *l, struct der der, const char *path, struct err *e)
{
	struct x509_crl list;
	size_t before = 0;
	struct der kept;

	if (x509_crl_parse(der.p, der.len, &list, e) < 0)
		return -1;
	if (l->n >= CRLS_MAX)
		return err_set(e, ERR_LIMIT, "more than %u lists in one check", CRLS_MAX);
	if (list.whole.len > CRLS_BYTES_MAX - l->bytes)
		return err_set(e, ERR_LIMIT, "the lists of one check have more than %zu bytes",
		    CRLS_BYTES_MAX);
	if (l->arena == NULL)
		l->arena = arena_new(ARENA_MAX);
	kept = copy(l->arena, list.whole);
	x509_crl_parse(kept.p, kept.len, &list, e);
	l->bytes += kept.len;
	for (size_t i = 0; i < l->n; i++)
		before += strcmp(l->v[i].path, path) == 0;
	l->v = arena_grow(l->arena, l->v, l->n, &l->cap, sizeof(*l->v));
	path = arena_text(l->arena, path);
	l->v[l->n++] = (struct crl){ .list = list,
		.path = path,
		.target =
		    before == 0 ? path : arena_printf(l->arena, "%s: list %zu", path, before + 1) };
	return 0;
}

/* --- who signed it --- */

/* The list names the key of its issuer, and this is another key of the same name. */
static bool
is_other_key(const struct x509_crl *list, X509 *issuer)
{
	const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(issuer);

	return list->authority_key.len > 0 && id != NULL &&
	       !der_same(list->authority_key,
		   (struct der){ ASN1_STRING_get0_data(id), (size_t)ASN1_STRING_length(id) });
}

/* The part that is signed goes to the library as the bytes it is: decoding a list of half a
 * million entries takes it a second and 200 MB. */
static bool
is_signed(const struct x509_crl *list, EVP_PKEY *key)
{
	const uint8_t *p = list->algorithm.p;
	X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &p, (long)list->algorithm.len);
	ASN1_STRING *bytes = ASN1_STRING_type_new(V_ASN1_SEQUENCE);
	ASN1_BIT_STRING *signature = ASN1_BIT_STRING_new();
	bool good = false;

	if (algorithm != NULL && bytes != NULL && signature != NULL && list->signature.p[0] == 0 &&
	    ASN1_STRING_set(bytes, list->signed_part.p, (int)list->signed_part.len) == 1 &&
	    ASN1_STRING_set(signature, list->signature.p + 1, (int)list->signature.len - 1) == 1)
		good = ASN1_item_verify(
			   ASN1_ITEM_rptr(ASN1_SEQUENCE), algorithm, signature, bytes, key) == 1;
	X509_ALGOR_free(algorithm);
	ASN1_STRING_free(bytes);
	ASN1_BIT_STRING_free(signature);
	ERR_clear_error();
	return good;
}

static enum crl_proof
check_by(const struct x509_crl *list, X509 *issuer)
{
	EVP_PKEY *key = X509_get0_pubkey(issuer);

	if (key == NULL || is_other_key(list, issuer) || list->signed_part.len > INT_MAX)
		return CRL_UNCHECKED;
	if (!is_signed(list, key))
		return CRL_FORGED;
	return (X509_get_key_usage(issuer) & KU_CRL_SIGN) != 0 ? CRL_SIGNED : CRL_NOT_ALLOWED;
}

enum crl_proof
crl_check(const struct x509_crl *list, struct der issuer)
{
	const uint8_t *p = issuer.p;
	X509 *x = d2i_X509(NULL, &p, (long)issuer.len);
	enum crl_proof proof = x != NULL ? check_by(list, x) : CRL_UNCHECKED;

	X509_free(x);
	ERR_clear_error();
	return proof;
}

/* One authority that signed it is enough, whatever others of its name there are. */
static void
improve(struct crl *c, enum crl_proof proof)
{
	static const int worth[] = {
		[CRL_UNCHECKED] = 0, [CRL_FORGED] = 1, [CRL_NOT_ALLOWED] = 2, [CRL_SIGNED] = 3
	};

	if (worth[proof] > worth[c->proof])
		c->proof = proof;
}

/* Among the authorities that the check trusts. */
static void
ask_trusted(struct crl *c, X509_STORE *store)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *found = NULL;
	X509_NAME *name = NULL;
	uint8_t *der = NULL;
	const uint8_t *p;
	struct der n = c->list.issuer;

	/* the Name again, with its header */
	der = malloc(n.len + 6);
	if (ctx != NULL && der != NULL && X509_STORE_CTX_init(ctx, store, NULL, NULL) == 1) {
		uint8_t *w = der;

		ASN1_put_object(&w, 1, (int)n.len, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
		memcpy(w, n.p, n.len);
		p = der;
		name = d2i_X509_NAME(NULL, &p, (long)(w - der) + (long)n.len);
		found = name != NULL ? X509_STORE_CTX_get1_certs(ctx, name) : NULL;
	}
	for (int i = 0; i < sk_X509_num(found); i++)
		improve(c, check_by(&c->list, sk_X509_value(found, i)));
	sk_X509_pop_free(found, X509_free);
	X509_NAME_free(name);
	X509_STORE_CTX_free(ctx);
	free(der);
	ERR_clear_error();
}

/* --- whom it names --- */

uint64_t
crl_hash(struct der issuer, struct der serial)
{
	return census_name_hash(issuer) * 31 + census_name_hash(serial);
}

struct search {
	struct crls *lists;
	struct suspect *v;
	size_t n, cap;
};

static void
meet(void *self, const struct census_seen *s)
{
	struct search *q = self;
	bool named = false;

	for (size_t i = 0; i < q->lists->n; i++) {
		struct crl *c = &q->lists->v[i];

		if (c->proof != CRL_SIGNED && der_same(c->list.issuer, s->x.subject))
			improve(c, crl_check(&c->list, s->x.whole));
		named = named || der_same(c->list.issuer, s->x.issuer);
	}
	if (!named)
		return;
	q->v = arena_grow(q->lists->arena, q->v, q->n, &q->cap, sizeof(*q->v));
	q->v[q->n++] = (struct suspect){ .hash = crl_hash(s->x.issuer, s->x.serial),
		.issuer = copy(q->lists->arena, s->x.issuer),
		.serial = copy(q->lists->arena, s->x.serial),
		.target = arena_text(q->lists->arena, s->target),
		.words = x509_words(&s->x, q->lists->arena),
		.quiet = s->quiet };
}

static int
by_hash(const void *a, const void *b)
{
	const struct suspect *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* The first of that hash, or n. */
static size_t
first_of(const struct search *q, uint64_t hash)
{
	size_t from = 0, to = q->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (q->v[mid].hash < hash)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* Those whom another list has named already are not told twice. */
static void
find_revoked(struct search *q, const struct crl *c, const struct cert_run *run)
{
	struct der in = c->list.revoked;
	struct x509_revoked r;

	while (x509_crl_next(&in, &r)) {
		uint64_t hash = crl_hash(c->list.issuer, r.serial);

		for (size_t i = first_of(q, hash); i < q->n && q->v[i].hash == hash; i++) {
			struct suspect *s = &q->v[i];

			if (!der_same(s->serial, r.serial) ||
			    !der_same(s->issuer, c->list.issuer) || s->target == NULL)
				continue;
			crl_tell_revoked(run, c, s, &r);
			s->target = NULL;
		}
	}
}

static void
find_newer(struct crls *l)
{
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = 0; k < l->n; k++) {
			const struct crl *a = &l->v[i], *b = &l->v[k];

			if (b->list.this_update > a->list.this_update &&
			    b->list.delta == a->list.delta &&
			    der_same(a->list.issuer, b->list.issuer) &&
			    der_same(a->list.point, b->list.point) && b->proof != CRL_FORGED &&
			    b->proof != CRL_NOT_ALLOWED)
				l->v[i].newer = b;
		}
}

static bool
is_used(const struct crl *c)
{
	return c->newer == NULL && !c->list.delta && !c->list.indirect &&
	       !c->list.unknown_critical && c->proof != CRL_FORGED && c->proof != CRL_NOT_ALLOWED;
}

void
crls_tell(struct crls *l, const struct cert_run *run)
{
	struct search q = { .lists = l };

	if (l->n == 0)
		return;
	census_each(run->census, meet, &q);
	if (q.n > 0)
		qsort(q.v, q.n, sizeof(*q.v), by_hash);
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].proof != CRL_SIGNED && run->trust->store != NULL)
			ask_trusted(&l->v[i], run->trust->store);
	find_newer(l);
	for (size_t i = 0; i < l->n; i++) {
		crl_tell(run, &l->v[i]);
		if (is_used(&l->v[i]))
			find_revoked(&q, &l->v[i], run);
	}
	arena_free(l->arena);
	*l = (struct crls){ 0 };
}
