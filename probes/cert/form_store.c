/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns PKCS #7 and PKCS #12, by OpenSSL's readers, which take BER too. Private keys are never
 * decrypted.
 */
#include "probes/cert/forms.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <string.h>

#define NESTED_MAX 4 /* bags within bags */

static void
take(X509 *x, const struct form_taker *t)
{
	uint8_t *der = NULL;
	int len = i2d_X509(x, &der);

	if (len > 0)
		t->take(t->self, (struct der){ der, (size_t)len }, 0);
	else
		t->trouble(t->self, FORM_BROKEN, 0, "a certificate in it does not encode");
	OPENSSL_free(der);
}

bool
form_pkcs7(struct der in, const struct form_taker *t)
{
	const uint8_t *p = in.p;
	PKCS7 *p7 = d2i_PKCS7(NULL, &p, (long)in.len);
	STACK_OF(X509) *list = NULL;

	ERR_clear_error();
	if (p7 == NULL)
		return false;
	if (PKCS7_type_is_signed(p7) && p7->d.sign != NULL)
		list = p7->d.sign->cert;
	else if (PKCS7_type_is_signedAndEnveloped(p7) && p7->d.signed_and_enveloped != NULL)
		list = p7->d.signed_and_enveloped->cert;
	for (int i = 0; i < sk_X509_num(list); i++)
		take(sk_X509_value(list, i), t);
	if (sk_X509_num(list) <= 0)
		t->other(t->self, "PKCS #7 without certificates");
	if (p < in.p + in.len)
		t->trouble(t->self, FORM_CUT, 0, "bytes follow the PKCS #7");
	PKCS7_free(p7);
	return true;
}

/* --- PKCS #12 --- */

struct store {
	const struct form_taker *t;
	const char *password; /* the one that fits; NULL: none was asked for */
	size_t taken;
	const char *why; /* a part that could not be opened */
};

static void
bags(struct store *s, const STACK_OF(PKCS12_SAFEBAG) * list, int depth)
{
	for (int i = 0; i < sk_PKCS12_SAFEBAG_num(list); i++) {
		const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(list, i);
		X509 *x;

		if (PKCS12_SAFEBAG_get_nid(bag) == NID_safeContentsBag && depth < NESTED_MAX)
			bags(s, PKCS12_SAFEBAG_get0_safes(bag), depth + 1);
		if (PKCS12_SAFEBAG_get_nid(bag) != NID_certBag ||
		    PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
			continue;
		x = PKCS12_SAFEBAG_get1_cert(bag);
		if (x != NULL) {
			s->taken++;
			take(x, s->t);
		} else
			s->t->trouble(s->t->self, FORM_BROKEN, 0, "a certificate in it is broken");
		X509_free(x);
	}
}

/* The rounds that its password is hashed for; 0: not told. */
static long
rounds(const X509_ALGOR *alg)
{
	const ASN1_OBJECT *oid;
	PBKDF2PARAM *kdf = NULL;
	PBE2PARAM *pbe2 = NULL;
	PBEPARAM *pbe = NULL;
	const void *params;
	long n = 0;
	int type;

	X509_ALGOR_get0(&oid, &type, &params, alg);
	if (type != V_ASN1_SEQUENCE)
		return 0;
	if (OBJ_obj2nid(oid) == NID_pbes2) {
		pbe2 = ASN1_item_unpack(params, ASN1_ITEM_rptr(PBE2PARAM));
		if (pbe2 != NULL && pbe2->keyfunc->parameter != NULL &&
		    pbe2->keyfunc->parameter->type == V_ASN1_SEQUENCE)
			kdf = ASN1_item_unpack(
			    pbe2->keyfunc->parameter->value.sequence, ASN1_ITEM_rptr(PBKDF2PARAM));
		n = kdf != NULL ? ASN1_INTEGER_get(kdf->iter) : FORM_ITERATIONS_MAX + 1L;
	} else if ((pbe = ASN1_item_unpack(params, ASN1_ITEM_rptr(PBEPARAM))) != NULL)
		n = ASN1_INTEGER_get(pbe->iter);
	PBKDF2PARAM_free(kdf);
	PBE2PARAM_free(pbe2);
	PBEPARAM_free(pbe);
	return n;
}

static bool
takes_too_long(long n)
{
	return n < 0 || n > FORM_ITERATIONS_MAX;
}

static void
encrypted(struct store *s, PKCS7 *p7)
{
	STACK_OF(PKCS12_SAFEBAG) * list;

	if (takes_too_long(rounds(p7->d.encrypted->enc_data->algorithm))) {
		s->why = "its password is hashed too many times";
		return;
	}
	list = PKCS12_unpack_p7encdata(
	    p7, s->password, s->password != NULL ? (int)strlen(s->password) : 0);
	if (list == NULL)
		s->why = "its encryption is not known here";
	else
		bags(s, list, 0);
	sk_PKCS12_SAFEBAG_pop_free(list, PKCS12_SAFEBAG_free);
}

/* With or without its password: what is not encrypted is there for everybody. */
static void
safes(struct store *s, PKCS12 *p12, bool opened, bool *locked)
{
	STACK_OF(PKCS7) *list = PKCS12_unpack_authsafes(p12);
	STACK_OF(PKCS12_SAFEBAG) * plain;

	if (list == NULL)
		s->why = "its contents do not decode";
	for (int i = 0; i < sk_PKCS7_num(list); i++) {
		PKCS7 *p7 = sk_PKCS7_value(list, i);

		if (PKCS7_type_is_data(p7)) {
			plain = PKCS12_unpack_p7data(p7);
			bags(s, plain, 0);
			sk_PKCS12_SAFEBAG_pop_free(plain, PKCS12_SAFEBAG_free);
		} else if (!PKCS7_type_is_encrypted(p7))
			s->why = "a part of it is encrypted for somebody else's certificate";
		else if (opened)
			encrypted(s, p7);
		else
			*locked = true;
	}
	sk_PKCS7_pop_free(list, PKCS7_free);
}

static bool
mac_takes_too_long(const PKCS12 *p12)
{
	const ASN1_INTEGER *n = NULL;

	PKCS12_get0_mac(NULL, NULL, NULL, &n, p12);
	return n != NULL && takes_too_long(ASN1_INTEGER_get(n));
}

/* Windows writes RC2 for certificates, which OpenSSL 3 keeps in a provider of its own. */
static void
know_old_ciphers(void)
{
	static bool asked;

	if (asked)
		return;
	asked = true;
	OSSL_PROVIDER_load(NULL, "default");
	OSSL_PROVIDER_load(NULL, "legacy");
}

/* Without a password that is nobody's, as many programs write; then those that are configured. */
static bool
find_password(struct store *s, PKCS12 *p12, const struct form_passwords *p)
{
	if (PKCS12_verify_mac(p12, NULL, 0) == 1)
		return true;
	s->password = "";
	if (PKCS12_verify_mac(p12, "", 0) == 1)
		return true;
	for (size_t i = 0; i < p->n; i++) {
		s->password = p->v[i];
		if (PKCS12_verify_mac(p12, s->password, (int)strlen(s->password)) == 1)
			return true;
	}
	return false;
}

bool
form_pkcs12(struct der in, const struct form_passwords *p, const struct form_taker *t)
{
	const uint8_t *at = in.p;
	PKCS12 *p12 = d2i_PKCS12(NULL, &at, (long)in.len);
	struct store s = { .t = t };
	bool opened = false, locked = false;

	ERR_clear_error();
	if (p12 == NULL)
		return false;
	know_old_ciphers();
	if (mac_takes_too_long(p12))
		s.why = "its password is hashed too many times";
	else
		opened = !PKCS12_mac_present(p12) || find_password(&s, p12, p);
	safes(&s, p12, opened, &locked);
	ERR_clear_error();
	if (s.why != NULL)
		t->trouble(t->self, FORM_CIPHER, 0, s.why);
	else if (locked)
		t->trouble(t->self, p->n > 0 ? FORM_WRONG : FORM_PASSWORD, 0,
		    p->n > 0 ? "none of the passwords fits" : "it needs a password");
	else if (s.taken == 0)
		t->other(t->self, "PKCS #12 without certificates");
	PKCS12_free(p12);
	return true;
}
