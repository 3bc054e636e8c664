/* SPDX-License-Identifier: Apache-2.0
 *
 * crl: lists of revoked certificates that a check reads (RFC 5280 5): whether they are signed by
 * whom they name, how much of their time is left, and which certificates of the check they name.
 */
#ifndef PROBES_CERT_CRL_H
#define PROBES_CERT_CRL_H

#include "probes/cert/place.h"
#include "probes/x509/x509_crl.h"

#define CRLS_MAX 1024u                    /* lists of one check */
#define CRLS_BYTES_MAX ((size_t)96 << 20) /* of all lists of one check together */

enum crl_proof {
	CRL_UNCHECKED,   /* no authority of its issuer's name is there */
	CRL_SIGNED,      /* by an authority that is there */
	CRL_FORGED,      /* by none of the authorities of that name */
	CRL_NOT_ALLOWED, /* its issuer may sign certificates, but no lists (cRLSign) */
};

struct crl {
	struct x509_crl list; /* in the arena of all lists */
	const char *path;     /* of its file */
	const char *target;
	enum crl_proof proof;
	const struct crl *newer; /* a newer one of the same issuer and scope; NULL: none */
};

struct crls {
	struct arena *arena; /* NULL: no list was read */
	struct crl *v;
	size_t n, cap;
	size_t bytes;
};

/* Keeps a copy. 0, or -1 with *e: it is none, or there are too many. path is copied. */
int crls_add(struct crls *l, struct der der, const char *path, struct err *e);

/* After census_end: emits one item a list (rule cert.crl) and one a revoked certificate (rule
 * cert.revoked), and frees the lists. Does nothing when there is none. */
void crls_tell(struct crls *l, const struct cert_run *run);

/* For tests. The issuer's certificate holds the key that signed the list. Pure but for OpenSSL. */
enum crl_proof crl_check(const struct x509_crl *list, struct der issuer);

/* The finding of a list by its dates: "half" "late" "over" "not-begun"; NULL: none. */
const char *crl_date_finding(const struct x509_crl *list, instant now);

#endif
