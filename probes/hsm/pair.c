/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which key on a token belongs to which certificate.
 */
#include "probes/hsm/work.h"

#include <stdio.h>

#define ID_SHOWN 20 /* bytes of a CKA_ID in a sentence; most are a SHA-1 */

/* What lies on the token for one certificate. */
struct beside {
	size_t same_id;                 /* keys under its id */
	size_t hidden;                  /* of these: whose bytes cannot be compared */
	size_t kind;                    /* of these: of another algorithm */
	bool fits;                      /* its own key lies under its id */
	const struct object *elsewhere; /* its own key, under another id */
};

void
pair_read(struct objects *certs)
{
	struct err e;
	struct x509 c;

	for (size_t i = 0; i < certs->n; i++) {
		struct object *o = &certs->v[i];

		if (o->value.len == 0 || x509_parse(o->value.p, o->value.len, &c, &e) < 0 ||
		    !x509_key(c.spki, &o->own))
			o->own = (struct x509_key){ 0 };
	}
}

static bool
is_comparable(char kind, struct der value)
{
	return (kind == 'E' || kind == 'R') && value.len > 0;
}

static bool
has_bytes_of(const struct object *key, const struct object *cert)
{
	return is_comparable(key->kind, key->value) && key->kind == cert->own.kind &&
	       der_same(key->value, cert->own.key);
}

static bool
has_id_of(const struct object *key, const struct object *cert)
{
	return cert->id.len > 0 && der_same(key->id, cert->id);
}

static struct beside
look_beside(const struct object *cert, const struct objects *keys)
{
	struct beside b = { 0 };

	for (size_t i = 0; i < keys->n; i++) {
		const struct object *key = &keys->v[i];
		const bool same = has_id_of(key, cert);

		if (has_bytes_of(key, cert)) {
			if (same || (cert->id.len == 0 && key->id.len == 0))
				b.fits = true;
			else
				b.elsewhere = key;
		}
		b.same_id += same;
		if (same && (!is_comparable(key->kind, key->value) ||
				!is_comparable(cert->own.kind, cert->own.key)))
			b.hidden++;
		else if (same)
			b.kind += key->kind != cert->own.kind;
	}
	return b;
}

static const char *
id_words(struct hsm_run *r, struct der id)
{
	char hex[2 * ID_SHOWN + 1] = "";

	for (size_t i = 0; i < id.len && i < ID_SHOWN; i++)
		snprintf(hex + 2 * i, 3, "%02x", id.p[i]);
	return id.len == 0 ? "no id" : arena_printf(r->arena, "id %s", hex);
}

void
pair_tell(struct hsm_run *r, const struct token *t, const char *target, const struct object *cert,
    const struct objects *keys)
{
	const struct beside b = look_beside(cert, keys);
	const char *finding = NULL, *words;

	if (b.fits)
		words = "The key of this certificate is on the token";
	else if (b.same_id > 0 && b.hidden > 0)
		words = "A key lies beside this certificate; whether it fits cannot be seen "
			"without a PIN";
	else if (b.same_id > 0) {
		finding = "other-key";
		words = b.elsewhere != NULL ? "The key beside this certificate belongs to another "
					      "one; its own key lies under another id"
			: b.kind == b.same_id
			    ? "The key beside this certificate is of another kind"
			    : "The key beside this certificate belongs to another one";
	} else if (b.elsewhere != NULL) {
		finding = "other-id";
		words = arena_printf(r->arena,
		    "This certificate (%s) and its key (%s) belong together, but programs will "
		    "not pair them",
		    id_words(r, cert->id), id_words(r, b.elsewhere->id));
	} else
		words = "Whether the key of this certificate is on the token cannot be seen "
			"without a PIN";
	hsm_emit(r, t, "hsm.key", target, finding, words);
}

static bool
has_certificate(const struct object *key, const struct objects *certs)
{
	for (size_t i = 0; i < certs->n; i++)
		if (has_id_of(key, &certs->v[i]) || has_bytes_of(key, &certs->v[i]))
			return true;
	return false;
}

void
pair_tell_lone(struct hsm_run *r, const struct token *t, const struct objects *certs,
    const struct objects *keys)
{
	for (size_t k = 0; k < keys->n; k++) {
		const struct object *key = &keys->v[k];
		bool paired = has_certificate(key, certs);

		for (size_t i = 0; i < k && !paired; i++)
			paired = key->id.len > 0 && der_same(keys->v[i].id, key->id);
		if (!paired)
			hsm_emit(r, t, "hsm.key",
			    arena_printf(r->arena, "%s, key", hsm_target(r, t, key, NULL)),
			    "no-certificate", "A key lies on the token without a certificate");
	}
}
