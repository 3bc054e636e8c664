/* SPDX-License-Identifier: Apache-2.0
 *
 * x509: reads the fields of a certificate that dates and names need (RFC 5280, 4.1). Pure: slices
 * are borrowed from the caller's bytes, nothing is allocated, no signature is checked. It takes
 * what is wrong elsewhere (odd versions, serials, extensions), since a certificate that strict
 * software refuses still ends on its day.
 */
#ifndef PROBES_X509_X509_H
#define PROBES_X509_X509_H

#include "base/err.h"
#include "base/span.h"
#include "probes/x509/der.h"

#define X509_BYTES_MAX ((size_t)1 << 20) /* of one certificate */

struct x509 {
	struct der whole; /* the certificate alone, without what follows it */
	struct der serial, issuer, subject;
	struct der spki;               /* SubjectPublicKeyInfo, with its header */
	instant not_before, not_after; /* both inclusive */
	bool dates_odd;                /* read, though not as RFC 5280 4.1.2.5 wants them */
	struct der dns;                /* first dNSName of subjectAltName; len 0: none */
	struct der san;                /* the GeneralNames of subjectAltName; len 0: none */
	bool ca;                       /* basicConstraints says so */
	struct der signature;          /* the algorithm's number */
	struct der eku;                /* the purposes of extKeyUsage; len 0: none */
	bool eku_critical;
	bool has_usage; /* keyUsage is there */
	uint8_t usage;  /* its first byte, the highest bit is digitalSignature */
};

/* -1 with *e set: where it stopped making sense. Bytes after the certificate are left alone. */
int x509_parse(const uint8_t *der, size_t len, struct x509 *c, struct err *e);

/* The parts of a public key that tell two apart. kind 'E': key is the point (without DER wrapping);
 * 'R': key is the modulus without leading zeros; '?': another algorithm, key is the BIT STRING. */
struct x509_key {
	char kind;
	struct der key;
};

bool x509_key(struct der spki, struct x509_key *out);

#endif
