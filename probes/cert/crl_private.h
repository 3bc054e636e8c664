/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of crl, for its two files.
 */
#ifndef PROBES_CERT_CRL_PRIVATE_H
#define PROBES_CERT_CRL_PRIVATE_H

#include "probes/cert/crl.h"

/* A certificate of the check whose issuer also issued a list. In the arena of all lists. */
struct suspect {
	uint64_t hash; /* of issuer and serial */
	struct der issuer, serial;
	const char *target, *words;
	bool quiet;
};

uint64_t crl_hash(struct der issuer, struct der serial);

/* crl_tell.c */
void crl_tell(const struct cert_run *run, const struct crl *c);
void crl_tell_revoked(const struct cert_run *run, const struct crl *c, const struct suspect *s,
    const struct x509_revoked *r);

#endif
