/* SPDX-License-Identifier: Apache-2.0
 *
 * Issuers' answers: their dates to the second, every truncation of one, the limit.
 */
#include "tests/t.h"

#include "probes/cert/ocsp.h"
#include "probes/cert/responder.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#define START 1800000000L
#define WEEK (7 * 86400L)

static EVP_PKEY *key;
static uint8_t *cert_der, *answer_der, *twin_der;
static struct der cert, answer, twin; /* twin: of the same name with another key */

/* An authority that is also the certificate in question. */
static X509 *
make_cert(EVP_PKEY *own)
{
	X509 *x = X509_new();
	X509_NAME *n = X509_NAME_new();

	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const uint8_t *)"A", -1, -1, 0);
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	X509_set_subject_name(x, n);
	X509_set_issuer_name(x, n);
	ASN1_TIME_set(X509_getm_notBefore(x), START - WEEK);
	ASN1_TIME_set(X509_getm_notAfter(x), START + 50 * WEEK);
	X509_set_pubkey(x, own);
	X509_sign(x, own, EVP_sha256());
	X509_NAME_free(n);
	return x;
}

static void
make(void)
{
	OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
	ASN1_TIME *from = ASN1_TIME_set(NULL, START), *until = ASN1_TIME_set(NULL, START + WEEK);
	OCSP_RESPONSE *r;
	OCSP_CERTID *id;
	X509 *x;

	key = EVP_EC_gen("P-256");
	x = make_cert(key);
	id = OCSP_cert_to_id(EVP_sha1(), x, x);
	OCSP_basic_add1_status(basic, id, V_OCSP_CERTSTATUS_GOOD, 0, NULL, from, until);
	OCSP_basic_sign(basic, x, key, EVP_sha256(), NULL, 0);
	r = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
	answer.len = (size_t)i2d_OCSP_RESPONSE(r, &answer_der);
	answer.p = answer_der;
	cert.len = (size_t)i2d_X509(x, &cert_der);
	cert.p = cert_der;
	OCSP_RESPONSE_free(r);
	OCSP_BASICRESP_free(basic);
	OCSP_CERTID_free(id);
	ASN1_TIME_free(from);
	ASN1_TIME_free(until);
	X509_free(x);
}

static void
make_twin(void)
{
	EVP_PKEY *other = EVP_EC_gen("P-256");
	X509 *x = make_cert(other);

	twin.len = (size_t)i2d_X509(x, &twin_der);
	twin.p = twin_der;
	X509_free(x);
	EVP_PKEY_free(other);
}

static enum ocsp_state
judge(struct der d, struct der issuer, long at, const char **why)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct ocsp o;

	ocsp_judge(&o, d, cert, issuer, (START + at) * INSTANT_S, a);
	if (why != NULL)
		*why = o.why;
	arena_free(a);
	return o.state;
}

static void
test_dates(void)
{
	static const struct {
		const char *row;
		long at;
		enum ocsp_state want;
	} rows[] = {
		{ "a clock five minutes ahead", -300, OCSP_GOOD },
		{ "one second more", -301, OCSP_OVER },
		{ "its first second", 0, OCSP_GOOD },
		{ "its last second", WEEK, OCSP_GOOD },
		{ "over", WEEK + 1, OCSP_OVER },
	};
	const char *why = "";

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		T_INT(rows[i].row, judge(answer, cert, rows[i].at, NULL), rows[i].want);
	T_INT("the issuer's name with another key", judge(answer, twin, 0, &why), OCSP_BROKEN);
	T_TEXT("is another one", why, "it is about another certificate");
	T_INT("nobody's signature was asked", judge(answer, (struct der){ 0 }, 0, NULL),
	    OCSP_UNPROVEN);
}

/* Each in memory of its own, so that a byte too far is seen. */
static void
test_damaged(void)
{
	for (size_t n = 0; n < answer.len; n++) {
		uint8_t *copy = malloc(n + 1);

		memcpy(copy, answer.p, n);
		T_INT("cut short", judge((struct der){ copy, n }, cert, 0, NULL), OCSP_BROKEN);
		free(copy);
	}
	for (size_t n = 0; n < answer.len; n++) {
		uint8_t *copy = malloc(answer.len);
		enum ocsp_state got;

		memcpy(copy, answer.p, answer.len);
		copy[n] ^= 1;
		got = judge((struct der){ copy, answer.len }, cert, 0, NULL);
		/* the certificate that is sent along is no part of what is signed */
		T_TRUE("a bit that is another", got != OCSP_REVOKED && got != OCSP_UNPROVEN);
		free(copy);
	}
}

static void
test_limit(void)
{
	uint8_t *room = calloc(1, OCSP_ANSWER_MAX + 1);

	memcpy(room, answer.p, answer.len);
	T_INT("as long as may be", judge((struct der){ room, OCSP_ANSWER_MAX }, cert, 0, NULL),
	    OCSP_GOOD);
	T_INT("one byte more", judge((struct der){ room, OCSP_ANSWER_MAX + 1 }, cert, 0, NULL),
	    OCSP_BROKEN);
	free(room);
}

static void
test_body(void)
{
	static const char head[] = "HTTP/1.0 200 OK\r\nA: b\r\n\r\n";
	size_t n = sizeof(head) - 1;
	char *room = calloc(1, n + OCSP_ANSWER_MAX + 1);
	struct der body;
	const char *why = NULL;

	memcpy(room, head, n);
	T_TRUE("as long as may be", responder_body(room, n + OCSP_ANSWER_MAX, &body, &why));
	T_INT("all of it", (int)body.len, (int)OCSP_ANSWER_MAX);
	T_TRUE("one byte more", !responder_body(room, n + OCSP_ANSWER_MAX + 1, &body, &why));
	T_TEXT("is said", why, "its answer is too long");
	for (size_t i = 0; i < n; i++)
		T_TRUE("cut short", !responder_body(room, i, &body, &why));
	T_TRUE("nothing behind the head", responder_body(room, n, &body, &why) && body.len == 0);
	room[9] = '4';
	T_TRUE("refused", !responder_body(room, n, &body, &why));
	T_TEXT("is said", why, "it refuses the question");
	free(room);
}

int
main(void)
{
	make();
	make_twin();
	T_TRUE("nothing is demanded", !ocsp_is_demanded(cert));
	test_dates();
	test_damaged();
	test_limit();
	test_body();
	OPENSSL_free(cert_der);
	OPENSSL_free(answer_der);
	OPENSSL_free(twin_der);
	EVP_PKEY_free(key);
	return t_end();
}
