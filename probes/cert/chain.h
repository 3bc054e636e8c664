/* SPDX-License-Identifier: Apache-2.0
 *
 * chain: does a certificate lead to an authority that is trusted, by what was shown with it, at a
 * given time? Judged is the path that a client builds; what was shown and is not on it is extra.
 */
#ifndef PROBES_CERT_CHAIN_H
#define PROBES_CERT_CHAIN_H

#include "probes/cert/place.h"

#include <openssl/x509.h>

#define CERT_CHAIN_MAX 64 /* certificates one place may show */

enum chain_state {
	CHAIN_UNASKED, /* nobody asked */
	CHAIN_GOOD,
	CHAIN_BAD,   /* finding says how */
	CHAIN_OWN,   /* its authority is none of this computer's, which nobody asked for */
	CHAIN_ALONE, /* shown without its issuer, which is none of this computer's */
	CHAIN_UNKNOWN
};

struct chain {
	enum chain_state state;
	const char *finding, *why; /* a key of rule cert.chain; in the arena */
	const char *authority;     /* CHAIN_OWN, CHAIN_ALONE: whom it leads to, in the arena */
	size_t n;
	bool extra[CERT_CHAIN_MAX]; /* of what was shown: not on the path */
};

/* What a run trusts. */
struct chain_trust {
	X509_STORE *store; /* NULL: nothing is asked */
	bool given;        /* by the option; else it is what this computer trusts */
};

/* By the option `trust`: a file of certificates, a folder with hashed names (c_rehash) or with
 * plain
 * *.pem *.crt, "none"; without it what this computer trusts. What cannot be read is told, and the
 * store is NULL. */
void chain_trust_open(struct chain_trust *t, const struct cert_run *run);
void chain_trust_close(struct chain_trust *t);

/* shown: the certificate in question first. server: it must be one for servers. */
void chain_judge(struct chain *c, STACK_OF(X509) * shown, const struct chain_trust *trust,
    bool server, instant now, struct arena *a);

/* The item of one place under rule cert.chain; of CHAIN_OWN nothing, which chain_own tells. */
void chain_tell(
    const struct cert_run *run, const struct chain *c, const char *target, struct arena *a);

/* One item for all places of a check whose authority is its own. places: how many; authority: of
 * the first of them. */
void chain_own(const struct cert_run *run, size_t places, const char *place, const char *authority,
    struct arena *a);

#endif
