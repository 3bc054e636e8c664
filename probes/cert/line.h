/* SPDX-License-Identifier: Apache-2.0
 *
 * line: the certificates of one file as the chain that a program would send or follow.
 */
#ifndef PROBES_CERT_LINE_H
#define PROBES_CERT_LINE_H

#include "probes/cert/chain.h"
#include "probes/x509/x509.h"

/* What is kept of one certificate of the file. */
struct link {
	uint64_t subject, issuer; /* hashes of their names */
	instant until;
	bool ca, self;
};

struct line {
	struct link v[CERT_CHAIN_MAX];
	size_t n;
	bool more;              /* than fit: then it is a list, and no chain */
	STACK_OF(X509) * shown; /* only kept when it will be asked for */
};

/* kept: a chain will be asked for. */
void line_add(struct line *l, struct der der, bool kept);

/* Emits what is to be said of the chain of a file whose first certificate is no authority, and
 * marks what of it is not needed. Frees what line_add kept. */
void line_judge(
    struct line *l, const struct cert_run *run, uint32_t place, const char *path, struct arena *a);

#endif
