/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_item: one certificate as an item of a result: its date, its names and what proves them. The
 * same for a certificate in a file, behind an endpoint or on a token, so that they read the same.
 */
#ifndef PROBES_X509_X509_ITEM_H
#define PROBES_X509_X509_ITEM_H

#include "probes/probe.h"
#include "probes/x509/x509.h"

#define SHA256_BYTES 32
#define NAME_TEXT_MAX ((size_t)1024) /* bytes of a subject or issuer in evidence */
#define NAME_SHORT_MAX ((size_t)120) /* bytes of a name in a summary */
#define EVIDENCE_EXTRA_MAX 16

/* Whom the items are for: the rules' names, and what is known about the place. */
struct x509_place {
	const char *target;
	const char *rule_expiry, *rule_validity;
	struct evidence evidence[EVIDENCE_EXTRA_MAX];
	size_t nevidence;
};

void x509_sha256(struct der bytes, uint8_t out[SHA256_BYTES]);

/* "portal.example", from the subject, else the first DNS name, else "without a name". */
const char *x509_label(const struct x509 *c, struct arena *a);

/* Emits rule_expiry with the deadline, and rule_validity when the certificate is not valid yet at
 * `now` or ends before it begins. Scratch memory comes from `a`, the caller's to reset. */
void x509_emit(const struct probe_ctx *ctx, struct arena *a, const struct x509 *c,
    const struct x509_place *place, instant now);

#endif
