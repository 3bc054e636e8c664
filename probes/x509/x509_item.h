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
#define X509_SERIAL_SHOWN 20 /* bytes of a serial number in a target (RFC 5280 4.1.2.2) */

/* What is known about the place. */
struct x509_place {
	const char *target;
	const uint8_t *sha256; /* of the certificate, if it is known; else NULL */
	struct evidence evidence[EVIDENCE_EXTRA_MAX];
	size_t nevidence;
};

void x509_sha256(struct der bytes, uint8_t out[SHA256_BYTES]);

/* Lower case, ended with NUL; room for 2 * d.len + 1. Returns room. */
const char *x509_hex(struct der d, char *room);
/* false: it is not the hex of a SHA-256. */
bool x509_unhex(const char *text, uint8_t out[SHA256_BYTES]);
/* The first bytes of a serial number in hex; "none" when it has none. */
const char *x509_serial(struct der serial, char room[2 * X509_SERIAL_SHOWN + 1]);

/* "portal.example", from the subject, else the first DNS name, else "without a name". */
const char *x509_label(const struct x509 *c, struct arena *a);

/* "Certificate of portal.example (issued by Test CA)". */
const char *x509_words(const struct x509 *c, struct arena *a);

/* 2027-05-31, in UTC. */
const char *x509_day(instant t, struct arena *a);

/* Fills target, evidence, summary and deadline, for a rule that is judged by its date. All lies in
 * the arena. */
void x509_item(
    struct item *it, const struct x509 *c, const struct x509_place *place, struct arena *a);

#endif
