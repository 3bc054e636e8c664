/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_crl: reads a list of revoked certificates (RFC 5280 5). Pure: slices are borrowed from the
 * caller's bytes, nothing is allocated, no signature is checked. The list is walked in place, so
 * that one of 20 MB costs no memory of its own.
 */
#ifndef PROBES_X509_X509_CRL_H
#define PROBES_X509_X509_CRL_H

#include "base/err.h"
#include "base/span.h"
#include "probes/x509/der.h"

struct x509_crl {
	struct der whole;       /* the list alone, without what follows it */
	struct der signed_part; /* TBSCertList with its header */
	struct der algorithm;   /* AlgorithmIdentifier with its header */
	struct der signature;   /* value of the BIT STRING */
	struct der issuer;      /* value of the Name */
	instant this_update;    /* when it was issued */
	instant next_update;    /* when the next one is due; only with has_next */
	bool has_next;
	struct der revoked; /* the entries, one after another */
	size_t nrevoked;
	struct der point;                 /* value of issuingDistributionPoint; len 0: none */
	struct der authority_key;         /* keyIdentifier of authorityKeyIdentifier; len 0: none */
	bool indirect;                    /* names certificates of other issuers (5.2.5) */
	bool delta;                       /* only what changed since another list (5.2.4) */
	bool unknown_critical;            /* an extension that must be understood and is not */
	bool has_number, number_critical; /* cRLNumber, which must be there, not critical (5.2.3) */
};

/* -1 with *e set: where it stopped making sense. Every entry has been walked when it returns 0. */
int x509_crl_parse(const uint8_t *der, size_t len, struct x509_crl *c, struct err *e);

struct x509_revoked {
	struct der serial; /* value of the INTEGER */
	instant at;        /* since when */
	int reason;        /* CRLReason (5.3.1); -1: none is named */
};

/* Takes the next entry off *in. false: there is none, or it makes no sense. */
bool x509_crl_next(struct der *in, struct x509_revoked *out);

/* "its key was stolen or lost" for a CRLReason; NULL for none and for those that say nothing. */
const char *x509_reason_text(int reason);

#endif
