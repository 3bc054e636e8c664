/* SPDX-License-Identifier: Apache-2.0
 *
 * der: walks tag-length-value triples (ITU-T X.690). Pure: touches nothing but the bytes it is
 * given, allocates nothing. Slices are borrowed from the caller's bytes. Lengths in more bytes than
 * needed are taken (X.690 10.1 forbids them, old devices write them); indefinite lengths, tags over
 * 30 and lengths of more than four bytes are not.
 */
#ifndef PROBES_X509_DER_H
#define PROBES_X509_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_OID = 0x06,
	DER_UTF8 = 0x0c,
	DER_NUMERIC = 0x12,
	DER_PRINTABLE = 0x13,
	DER_T61 = 0x14,
	DER_IA5 = 0x16,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_VISIBLE = 0x1a,
	DER_UNIVERSAL = 0x1c,
	DER_BMP = 0x1e,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
};

struct der {
	const uint8_t *p;
	size_t len;
};

/* Takes the next triple off *in: its tag byte, its value, and (unless NULL) the whole of it with
 * header. false at the end and for what is not well formed; *in is then as it was. */
bool der_next(struct der *in, unsigned *tag, struct der *value, struct der *whole);

/* The same for a triple that must have this tag. */
bool der_take(struct der *in, unsigned tag, struct der *value, struct der *whole);

bool der_same(struct der a, struct der b);

/* Is the value of an OBJECT IDENTIFIER these bytes? */
#define DER_IS(d, bytes) ((d).len == sizeof(bytes) - 1 && memcmp((d).p, (bytes), (d).len) == 0)

/* Dotted text of an OBJECT IDENTIFIER's value; "?" when it is none or too long. Returns buf. */
#define DER_OID_TEXT 128
const char *der_oid_text(struct der oid, char buf[DER_OID_TEXT]);

/* A copy of an INTEGER's value without the leading zero bytes. */
struct der der_magnitude(struct der integer);

#endif
