/* SPDX-License-Identifier: Apache-2.0
 *
 * seen: which certificates and files were met already in this run.
 */
#ifndef PROBES_CERT_SEEN_H
#define PROBES_CERT_SEEN_H

#include "probes/x509/der.h"

/* A set of things already met, by the first half of their SHA-256. */
struct seen {
	uint8_t (*slots)[16];
	size_t n, cap;
};

/* true when it was not there before. */
bool seen_add(struct seen *s, struct der thing);
void seen_fini(struct seen *s);

#endif
