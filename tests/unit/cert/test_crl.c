/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of revoked certificates: every truncation of one, their dates to the second, the limits.
 */
#include "tests/t.h"

#include "probes/cert/crl.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#define START 1800000000L

static uint8_t *der;
static size_t len;

/* A list of one entry, for one million seconds. */
static void
make(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509_CRL *crl = X509_CRL_new();
	X509_REVOKED *r = X509_REVOKED_new();
	ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
	ASN1_INTEGER *serial = ASN1_INTEGER_new();
	ASN1_TIME *t = ASN1_TIME_new();
	X509_NAME *n = X509_NAME_new();

	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const uint8_t *)"A", -1, -1, 0);
	X509_CRL_set_version(crl, 1);
	X509_CRL_set_issuer_name(crl, n);
	X509_CRL_set1_lastUpdate(crl, ASN1_TIME_set(t, START));
	X509_CRL_set1_nextUpdate(crl, ASN1_TIME_set(t, START + 1000000));
	ASN1_INTEGER_set(serial, 77);
	X509_REVOKED_set_serialNumber(r, serial);
	X509_REVOKED_set_revocationDate(r, ASN1_TIME_set(t, START - 5));
	ASN1_ENUMERATED_set(reason, 6);
	X509_REVOKED_add1_ext_i2d(r, NID_crl_reason, reason, 0, 0);
	X509_CRL_add0_revoked(crl, r);
	X509_CRL_add1_ext_i2d(crl, NID_crl_number, serial, 0, 0);
	X509_CRL_sign(crl, key, EVP_sha256());
	len = (size_t)i2d_X509_CRL(crl, &der);
	X509_CRL_free(crl);
	ASN1_ENUMERATED_free(reason);
	ASN1_INTEGER_free(serial);
	ASN1_TIME_free(t);
	X509_NAME_free(n);
	EVP_PKEY_free(key);
}

static void
test_fields(void)
{
	struct x509_crl c;
	struct x509_revoked r;
	struct err e;
	struct der in;

	T_INT("it is read", x509_crl_parse(der, len, &c, &e), 0);
	T_INT("its entries", (int)c.nrevoked, 1);
	T_TRUE("its number", c.has_number && !c.number_critical);
	T_TRUE("nothing unusual", !c.delta && !c.indirect && !c.unknown_critical);
	T_TRUE("from", c.this_update == START * INSTANT_S);
	in = c.revoked;
	T_TRUE("the entry", x509_crl_next(&in, &r));
	T_TRUE("its serial", r.serial.len == 1 && r.serial.p[0] == 77);
	T_TEXT("its reason", x509_reason_text(r.reason), "for the time being");
	T_TRUE("no other", !x509_crl_next(&in, &r));
	T_TRUE("no reason behind the last", x509_reason_text(11) == NULL);
}

/* Each in memory of its own, so that a byte too far is seen. */
static void
test_truncated(void)
{
	for (size_t n = 0; n < len; n++) {
		uint8_t *copy = malloc(n + 1);
		struct x509_crl c;
		struct err e = { 0 };

		memcpy(copy, der, n);
		T_INT("cut short", x509_crl_parse(copy, n, &c, &e), -1);
		T_TRUE("and says where", e.msg[0] != '\0');
		free(copy);
	}
}

static void
test_dates(void)
{
	static const struct {
		const char *row;
		long at;
		const char *want;
	} rows[] = {
		{ "a second before its first", -1, "not-begun" },
		{ "its first second", 0, "none" },
		{ "half of it left", 500000, "none" },
		{ "a second less", 500001, "half" },
		{ "a second more than a tenth", 899999, "half" },
		{ "a tenth", 900000, "late" },
		{ "its last second", 1000000, "late" },
		{ "over", 1000001, "over" },
	};
	struct x509_crl c;
	struct err e;

	x509_crl_parse(der, len, &c, &e);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = crl_date_finding(&c, (START + rows[i].at) * INSTANT_S);

		T_TEXT(rows[i].row, got != NULL ? got : "none", rows[i].want);
	}
	c.has_next = false;
	T_TRUE("no next one", crl_date_finding(&c, (START + 9000000) * INSTANT_S) == NULL);
}

static void
test_limits(void)
{
	struct crls l = { 0 };
	struct err e = { 0 };
	struct der d = { der, len };

	for (unsigned i = 0; i < CRLS_MAX; i++)
		T_INT("as many as are kept", crls_add(&l, d, "/a", &e), 0);
	T_TEXT("the first is called by its file", l.v[0].target, "/a");
	T_TEXT("the second by its place there", l.v[1].target, "/a: list 2");
	T_INT("one more", crls_add(&l, d, "/a", &e), -1);
	T_HAS("says the limit", e.msg, "more than 1024 lists");
	l.n = 1;
	l.bytes = CRLS_BYTES_MAX - len;
	T_INT("the last byte", crls_add(&l, d, "/b", &e), 0);
	l.bytes = CRLS_BYTES_MAX - len + 1;
	T_INT("one byte more", crls_add(&l, d, "/c", &e), -1);
	arena_free(l.arena);
}

int
main(void)
{
	make();
	test_fields();
	test_truncated();
	test_dates();
	test_limits();
	OPENSSL_free(der);
	return t_end();
}
