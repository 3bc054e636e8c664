/* SPDX-License-Identifier: Apache-2.0
 *
 * x509_alg: how strong a certificate's key and signature are, and what it may be used for. Pure.
 * Algorithms that are not known are named by their numbers and never called weak.
 */
#ifndef PROBES_X509_X509_ALG_H
#define PROBES_X509_X509_ALG_H

#include "probes/x509/x509.h"
#include "probes/x509/x509_use.h"

#define X509_RSA_BITS_MIN 2048 /* NIST SP 800-131A rev. 2 */
#define X509_EC_BITS_MIN 224
#define X509_ALG_TEXT 160

/* "RSA 2048", "EC P-256", "ML-DSA-65", "1.2.3.4". Returns buf. */
const char *x509_key_text(struct der spki, char buf[X509_ALG_TEXT]);
/* Too short for today's programs. */
bool x509_key_weak(struct der spki);

/* "SHA-256 with RSA", "1.2.3.4". */
const char *x509_signature_text(struct der algorithm, char buf[X509_ALG_TEXT]);
/* MD2, MD5 or SHA-1: programs refuse it, but for a root's own signature, which nobody checks. */
bool x509_signature_weak(struct der algorithm);

/* NULL: it may be used so (RFC 5280 4.2.1.3, 4.2.1.12; timestamping: RFC 3161 2.3). Else constant
 * text for "It cannot be used as a server's certificate: ...". */
const char *x509_use_fault(const struct x509 *c, enum x509_use use);

#endif
