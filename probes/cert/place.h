/* SPDX-License-Identifier: Apache-2.0
 *
 * place: a file or an endpoint, and what its certificates are called.
 */
#ifndef PROBES_CERT_PLACE_H
#define PROBES_CERT_PLACE_H

#include "probes/census/census.h"
#include "probes/cert/spec.h"

#define CERT_PER_FILE_MAX 4096 /* certificates of one file */

struct chain_trust;
struct crls;

/* What the two halves of a run share. */
struct cert_run {
	const struct probe_ctx *ctx;
	const struct cert_conf *conf;
	instant now;
	struct arena *item;    /* scratch of one certificate, reset after each */
	struct census *census; /* what was seen, told at the end */
	const struct chain_trust *trust;
	struct crls *crls; /* lists of revoked certificates that were read */
};

/* The certificates of one place (a file, an endpoint), one by one: the first is called by the
 * place's own name, those behind it "place: name". */
struct cert_place {
	const char *name;
	uint32_t number;  /* in the census */
	size_t position;  /* of the next, from 1 */
	uint64_t *labels; /* CERT_PER_FILE_MAX hashes of what names were used */
	struct arena *arena;
};

void cert_place_init(struct cert_place *p, struct cert_run *run, uint32_t entry,
    enum census_kind kind, const char *name, struct arena *a);
/* -1 with *e set when the bytes are no certificate; nothing is shown then. called: what it is
 * called; NULL: as the place says. */
int cert_place_show(
    struct cert_run *run, struct cert_place *p, struct der der, const char *called, struct err *e);

/* An item of rule cert.read or cert.endpoint that could not be checked. */
void cert_unknown(const struct cert_run *run, const char *rule, const char *target,
    const char *summary, const char *reason);

#endif
