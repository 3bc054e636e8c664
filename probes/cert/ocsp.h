/* SPDX-License-Identifier: Apache-2.0
 *
 * ocsp: what an issuer answers when it is asked whether a certificate was revoked (RFC 6960), be it
 * shown by the server itself (stapled, RFC 6066 8) or asked for. Nothing here talks to anybody.
 */
#ifndef PROBES_CERT_OCSP_H
#define PROBES_CERT_OCSP_H

#include "base/arena.h"
#include "base/span.h"
#include "probes/x509/der.h"

#include <stdbool.h>

#define OCSP_ANSWER_MAX ((size_t)64 << 10) /* bytes of an answer */
#define OCSP_SKEW (5 * SPAN_MIN)           /* how far a responder's clock may be ahead */

enum ocsp_state {
	OCSP_GOOD,
	OCSP_UNPROVEN, /* says "good", but its issuer is not there to check the signature */
	OCSP_OVER,     /* its time is over, or has not begun */
	OCSP_BROKEN,   /* no answer, a refusal, or about another certificate: why says what */
	OCSP_FORGED,   /* signed by nobody who may */
	OCSP_REVOKED,
};

struct ocsp {
	enum ocsp_state state;
	const char *why;   /* OCSP_BROKEN, OCSP_OVER: in the arena or constant */
	instant at, until; /* thisUpdate; nextUpdate, 0: none */
	instant revoked_at;
	int reason; /* CRLReason, as x509_reason_text takes it */
};

/* Judges an answer about one certificate. issuer: its issuer's certificate; len 0: not there.
 * Dates are judged by now, to the second. A revocation that nobody signed is OCSP_FORGED; one
 * whose signature could not be checked is OCSP_REVOKED. */
void ocsp_judge(struct ocsp *out, struct der answer, struct der cert, struct der issuer,
    instant now, struct arena *a);

/* The certificate demands that servers show an answer with it (RFC 7633). */
bool ocsp_is_demanded(struct der cert);

#endif
