/* SPDX-License-Identifier: Apache-2.0
 *
 * pem: finds and decodes the certificates in a text file (RFC 7468, tolerant as its section 2 asks
 * of parsers, and more: text before and between blocks, blocks that follow each other on one line,
 * a block after a quote, a tag or a name, CR LF or bare CR, lines of any length, white space around
 * lines). A block behind a comment's sign is switched off and passed over. Blocks of other kinds,
 * private keys above all, are stepped over and never decoded. Pure; decodes in place, so the
 * caller's buffer is overwritten as it goes.
 */
#ifndef PROBES_X509_PEM_H
#define PROBES_X509_PEM_H

#include "probes/x509/der.h"

#define PEM_LABEL_MAX 64
#define PEM_UNKNOWN SIZE_MAX

struct pem {
	char *data;
	size_t len, at;
	unsigned long line; /* of `at`, from 1 */
	size_t end;         /* of the next END, once looked for; PEM_UNKNOWN before */
};

enum pem_kind {
	PEM_END,         /* no further block */
	PEM_CERTIFICATE, /* der is its bytes, for "TRUSTED" ones followed by more */
	PEM_LIST,        /* revoked certificates: der is its bytes */
	PEM_BUNDLE,      /* PKCS #7 or CMS: der is its bytes */
	PEM_BROKEN,      /* a certificate block that does not decode: why */
	PEM_OTHER        /* a block of another kind: its label */
};

struct pem_block {
	enum pem_kind kind;
	struct der der;
	unsigned long line; /* where it begins */
	char label[PEM_LABEL_MAX];
	const char *why; /* constant text */
};

void pem_init(struct pem *p, char *data, size_t len);
enum pem_kind pem_next(struct pem *p, struct pem_block *b);

/* Is there the beginning of any block? */
bool pem_likely(const char *data, size_t len);

#endif
