/* SPDX-License-Identifier: Apache-2.0
 *
 * place: a file or an endpoint, and the items of the certificates that it shows.
 */
#ifndef PROBES_CERT_PLACE_H
#define PROBES_CERT_PLACE_H

#include "probes/cert/seen.h"
#include "probes/cert/spec.h"

#define CERT_PER_FILE_MAX 4096 /* certificates of one file */

/* What the two halves of a run share. */
struct cert_run {
	const struct probe_ctx *ctx;
	const struct cert_conf *conf;
	instant now;
	struct arena *item; /* scratch of one item, reset after each */
	struct seen chain;  /* certificates behind the first of a file or endpoint, shown once */
};

/* The certificates of one place (a file, an endpoint), one by one, each an item: the first under
 * the place's own name, those behind it under "place: name", and each of these only once in a run,
 * since a bundle holds the same authorities as its neighbours. */
struct cert_place {
	const char *name, *kind; /* "/etc/x.pem", "path" */
	size_t position;         /* of the next, from 1 */
	uint64_t *labels;        /* CERT_PER_FILE_MAX hashes of what names were used */
	struct arena *arena;
};

void cert_place_init(struct cert_place *p, const char *kind, const char *name, struct arena *a);
/* -1 with *e set when the bytes are no certificate; nothing is emitted then. */
int cert_place_show(struct cert_run *run, struct cert_place *p, struct der der,
    const struct evidence *more, size_t nmore, struct err *e);

/* An item of rule cert.read or cert.endpoint that could not be checked. */
void cert_unknown(const struct cert_run *run, const char *rule, const char *target,
    const char *summary, const char *reason);

#endif
