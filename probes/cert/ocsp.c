/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns judging an issuer's answer about one certificate.
 */
#include "probes/cert/ocsp.h"

#include "probes/x509/x509_time.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <string.h>

#define FEATURE_STATUS 5 /* status_request (RFC 6066) in a TLS feature extension */

static X509 *
decode(struct der d)
{
	const uint8_t *p = d.p;

	return d.len > 0 ? d2i_X509(NULL, &p, (long)d.len) : NULL;
}

/* A GeneralizedTime of the library; 0 when there is none, or it makes no sense. */
static instant
moment(const ASN1_GENERALIZEDTIME *t)
{
	struct der text;
	struct err e;
	instant out = 0;
	bool odd;

	if (t == NULL)
		return 0;
	text = (struct der){ ASN1_STRING_get0_data(t), (size_t)ASN1_STRING_length(t) };
	return x509_time(DER_GENERALIZED_TIME, text, &out, &odd, &e) == 0 ? out : 0;
}

/* By the issuer itself, or by whom it allowed to answer. */
static bool
is_signed(OCSP_BASICRESP *basic, X509 *issuer, instant now)
{
	X509_STORE *store = X509_STORE_new();
	STACK_OF(X509) *known = sk_X509_new_null();
	bool good = false;

	if (store != NULL && known != NULL && X509_STORE_add_cert(store, issuer) == 1 &&
	    sk_X509_push(known, issuer) > 0) {
		X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);

		X509_VERIFY_PARAM_set_time(param, (time_t)(now / INSTANT_S));
		X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
		good = OCSP_basic_verify(basic, known, store, 0) == 1;
	}
	sk_X509_free(known);
	X509_STORE_free(store);
	return good;
}

/* What of the answer is about this certificate; NULL: nothing. Without the issuer only the serial
 * can be compared. */
static OCSP_SINGLERESP *
find_single(OCSP_BASICRESP *basic, X509 *cert, X509 *issuer)
{
	for (int i = 0; i < OCSP_resp_count(basic); i++) {
		OCSP_SINGLERESP *one = OCSP_resp_get0(basic, i);
		const OCSP_CERTID *id = OCSP_SINGLERESP_get0_id(one);
		ASN1_OBJECT *hash = NULL;
		ASN1_INTEGER *serial = NULL;
		OCSP_CERTID *own;
		bool same;

		OCSP_id_get0_info(NULL, &hash, NULL, &serial, (OCSP_CERTID *)id);
		if (ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(cert)) != 0)
			continue;
		if (issuer == NULL)
			return one;
		own = OCSP_cert_to_id(EVP_get_digestbyobj(hash), cert, issuer);
		same = own != NULL && OCSP_id_cmp(own, id) == 0;
		OCSP_CERTID_free(own);
		if (same)
			return one;
	}
	return NULL;
}

static void
judge_dates(struct ocsp *out, instant now)
{
	if (out->at == 0 || instant_minus(out->at, now) > OCSP_SKEW) {
		out->state = OCSP_OVER;
		out->why = "its time has not begun";
	} else if (out->until != 0 && out->until < now) {
		out->state = OCSP_OVER;
		out->why = "its time is over";
	}
}

static void
judge_single(struct ocsp *out, OCSP_SINGLERESP *one, bool proven, instant now)
{
	ASN1_GENERALIZEDTIME *revoked = NULL, *from = NULL, *until = NULL;
	int status = OCSP_single_get0_status(one, &out->reason, &revoked, &from, &until);

	out->at = moment(from);
	out->until = moment(until);
	out->state = proven ? OCSP_GOOD : OCSP_UNPROVEN;
	if (status == V_OCSP_CERTSTATUS_REVOKED) {
		out->state = OCSP_REVOKED;
		out->revoked_at = moment(revoked);
	} else if (status != V_OCSP_CERTSTATUS_GOOD) {
		out->state = OCSP_BROKEN;
		out->why = "its issuer does not know this certificate";
	} else
		judge_dates(out, now);
}

static void
judge_basic(struct ocsp *out, OCSP_BASICRESP *basic, X509 *cert, X509 *issuer, instant now)
{
	OCSP_SINGLERESP *one = find_single(basic, cert, issuer);

	if (one == NULL)
		out->why = "it is about another certificate";
	else if (issuer != NULL && !is_signed(basic, issuer, now))
		out->state = OCSP_FORGED;
	else
		judge_single(out, one, issuer != NULL, now);
}

void
ocsp_judge(struct ocsp *out, struct der answer, struct der cert, struct der issuer, instant now,
    struct arena *a)
{
	const uint8_t *p = answer.p;
	OCSP_RESPONSE *r = NULL;
	OCSP_BASICRESP *basic;
	X509 *x = decode(cert), *by = decode(issuer);
	int status;

	*out = (struct ocsp){ .state = OCSP_BROKEN, .why = "it cannot be read", .reason = -1 };
	if (x != NULL && answer.len <= OCSP_ANSWER_MAX)
		r = d2i_OCSP_RESPONSE(NULL, &p, (long)answer.len);
	status = r != NULL ? OCSP_response_status(r) : -1;
	basic = r != NULL ? OCSP_response_get1_basic(r) : NULL;
	if (r != NULL && status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
		out->why =
		    arena_printf(a, "it is a refusal (%s)", OCSP_response_status_str(status));
	else if (basic != NULL)
		judge_basic(out, basic, x, by, now);
	OCSP_BASICRESP_free(basic);
	OCSP_RESPONSE_free(r);
	X509_free(x);
	X509_free(by);
	ERR_clear_error();
}

bool
ocsp_is_demanded(struct der cert)
{
	X509 *x = decode(cert);
	TLS_FEATURE *list = x != NULL ? X509_get_ext_d2i(x, NID_tlsfeature, NULL, NULL) : NULL;
	bool demanded = false;

	for (int i = 0; i < sk_ASN1_INTEGER_num(list); i++)
		demanded |= ASN1_INTEGER_get(sk_ASN1_INTEGER_value(list, i)) == FEATURE_STATUS;
	TLS_FEATURE_free(list);
	X509_free(x);
	ERR_clear_error();
	return demanded;
}
