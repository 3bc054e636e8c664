/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of algorithms, and what key usage means for a use.
 */
#include "probes/x509/x509_alg.h"

#include <stdio.h>
#include <string.h>

struct alg {
	const char *oid, *name;
	size_t len;
	unsigned bits; /* of a curve */
	bool weak;
};

#define ALG(bytes, text, ...)                                                                      \
	{                                                                                          \
		.oid = (bytes), .len = sizeof(bytes) - 1, .name = (text), __VA_ARGS__              \
	}
#define PKCS1 "\x2a\x86\x48\x86\xf7\x0d\x01\x01"
#define X962 "\x2a\x86\x48\xce\x3d"
#define CERTICOM "\x2b\x81\x04\x00"
#define NIST "\x60\x86\x48\x01\x65\x03\x04"
#define BRAINPOOL "\x2b\x24\x03\x03\x02\x08\x01\x01"

/* clang-format off */
static const struct alg signatures[] = {
	ALG(PKCS1 "\x02", "MD2 with RSA", .weak = true),
	ALG(PKCS1 "\x03", "MD4 with RSA", .weak = true),
	ALG(PKCS1 "\x04", "MD5 with RSA", .weak = true),
	ALG(PKCS1 "\x05", "SHA-1 with RSA", .weak = true),
	ALG("\x2b\x0e\x03\x02\x1d", "SHA-1 with RSA", .weak = true),
	ALG("\x2b\x0e\x03\x02\x1b", "SHA-1 with DSA", .weak = true),
	ALG("\x2a\x86\x48\xce\x38\x04\x03", "SHA-1 with DSA", .weak = true),
	ALG(X962 "\x04\x01", "SHA-1 with ECDSA", .weak = true),
	ALG(PKCS1 "\x0a", "RSASSA-PSS"),
	ALG(PKCS1 "\x0b", "SHA-256 with RSA"),
	ALG(PKCS1 "\x0c", "SHA-384 with RSA"),
	ALG(PKCS1 "\x0d", "SHA-512 with RSA"),
	ALG(PKCS1 "\x0e", "SHA-224 with RSA"),
	ALG(X962 "\x04\x03\x01", "SHA-224 with ECDSA"),
	ALG(X962 "\x04\x03\x02", "SHA-256 with ECDSA"),
	ALG(X962 "\x04\x03\x03", "SHA-384 with ECDSA"),
	ALG(X962 "\x04\x03\x04", "SHA-512 with ECDSA"),
	ALG("\x2b\x65\x70", "Ed25519"),
	ALG("\x2b\x65\x71", "Ed448"),
	ALG(NIST "\x03\x11", "ML-DSA-44"),
	ALG(NIST "\x03\x12", "ML-DSA-65"),
	ALG(NIST "\x03\x13", "ML-DSA-87"),
};

static const struct alg curves[] = {
	ALG(X962 "\x03\x01\x01", "P-192", .bits = 192),
	ALG(X962 "\x03\x01\x07", "P-256", .bits = 256),
	ALG(CERTICOM "\x06", "secp112r1", .bits = 112),
	ALG(CERTICOM "\x07", "secp112r2", .bits = 112),
	ALG(CERTICOM "\x1c", "secp128r1", .bits = 128),
	ALG(CERTICOM "\x1d", "secp128r2", .bits = 128),
	ALG(CERTICOM "\x08", "secp160r1", .bits = 160),
	ALG(CERTICOM "\x09", "secp160k1", .bits = 160),
	ALG(CERTICOM "\x1e", "secp160r2", .bits = 160),
	ALG(CERTICOM "\x01", "sect163k1", .bits = 163),
	ALG(CERTICOM "\x0f", "sect163r2", .bits = 163),
	ALG(CERTICOM "\x1f", "secp192k1", .bits = 192),
	ALG(CERTICOM "\x20", "secp224k1", .bits = 224),
	ALG(CERTICOM "\x21", "P-224", .bits = 224),
	ALG(CERTICOM "\x0a", "secp256k1", .bits = 256),
	ALG(CERTICOM "\x22", "P-384", .bits = 384),
	ALG(CERTICOM "\x23", "P-521", .bits = 521),
	ALG(BRAINPOOL "\x01", "brainpoolP160r1", .bits = 160),
	ALG(BRAINPOOL "\x03", "brainpoolP192r1", .bits = 192),
	ALG(BRAINPOOL "\x07", "brainpoolP256r1", .bits = 256),
	ALG(BRAINPOOL "\x0b", "brainpoolP384r1", .bits = 384),
	ALG(BRAINPOOL "\x0d", "brainpoolP512r1", .bits = 512),
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define OID_RSA PKCS1 "\x01"
#define OID_PSS PKCS1 "\x0a"
#define OID_EC X962 "\x02\x01"
#define OID_DSA "\x2a\x86\x48\xce\x38\x04\x01"

static const struct alg *
find(const struct alg *list, size_t n, struct der oid)
{
	for (size_t i = 0; i < n; i++)
		if (oid.len == list[i].len && memcmp(oid.p, list[i].oid, oid.len) == 0)
			return &list[i];
	return NULL;
}

/* The algorithm, its curve (len 0: none) and the key of a SubjectPublicKeyInfo. */
static bool
take_spki(struct der spki, struct der *oid, struct der *curve, struct der *key)
{
	struct der seq, alg;

	*curve = (struct der){ 0 };
	if (!der_take(&spki, DER_SEQUENCE, &seq, NULL) ||
	    !der_take(&seq, DER_SEQUENCE, &alg, NULL) || !der_take(&alg, DER_OID, oid, NULL) ||
	    !der_take(&seq, DER_BIT_STRING, key, NULL) || key->len < 2)
		return false;
	der_take(&alg, DER_OID, curve, NULL);
	key->p++; /* the count of unused bits */
	key->len--;
	return true;
}

/* Of the first INTEGER in a SEQUENCE; 0: there is none. */
static size_t
modulus_bits(struct der key)
{
	struct der seq, n;
	size_t bits;

	if (!der_take(&key, DER_SEQUENCE, &seq, NULL) || !der_take(&seq, DER_INTEGER, &n, NULL))
		return 0;
	n = der_magnitude(n);
	bits = n.len * 8;
	for (unsigned top = n.len > 0 ? n.p[0] : 0x80; bits > 0 && (top & 0x80) == 0; top <<= 1)
		bits--;
	return bits;
}

const char *
x509_key_text(struct der spki, char buf[X509_ALG_TEXT])
{
	struct der oid, curve, key;
	const struct alg *c, *same;
	char dotted[DER_OID_TEXT];

	if (!take_spki(spki, &oid, &curve, &key))
		snprintf(buf, X509_ALG_TEXT, "?");
	else if (DER_IS(oid, OID_RSA) || DER_IS(oid, OID_PSS))
		snprintf(buf, X509_ALG_TEXT, "RSA %zu", modulus_bits(key));
	else if (DER_IS(oid, OID_EC)) {
		c = find(curves, COUNT(curves), curve);
		snprintf(buf, X509_ALG_TEXT, "EC %s",
		    c != NULL       ? c->name
		    : curve.len > 0 ? der_oid_text(curve, dotted)
				    : "with a curve of its own");
	} else if (DER_IS(oid, OID_DSA))
		snprintf(buf, X509_ALG_TEXT, "DSA");
	else {
		same = find(signatures, COUNT(signatures), oid);
		snprintf(buf, X509_ALG_TEXT, "%s",
		    same != NULL ? same->name : der_oid_text(oid, dotted));
	}
	return buf;
}

bool
x509_key_weak(struct der spki)
{
	struct der oid, curve, key;
	const struct alg *c;

	if (!take_spki(spki, &oid, &curve, &key))
		return false;
	if (DER_IS(oid, OID_RSA) || DER_IS(oid, OID_PSS))
		return modulus_bits(key) > 0 && modulus_bits(key) < X509_RSA_BITS_MIN;
	c = DER_IS(oid, OID_EC) ? find(curves, COUNT(curves), curve) : NULL;
	return c != NULL && c->bits < X509_EC_BITS_MIN;
}

const char *
x509_signature_text(struct der algorithm, char buf[X509_ALG_TEXT])
{
	const struct alg *s = find(signatures, COUNT(signatures), algorithm);
	char dotted[DER_OID_TEXT];

	snprintf(buf, X509_ALG_TEXT, "%s", s != NULL ? s->name : der_oid_text(algorithm, dotted));
	return buf;
}

bool
x509_signature_weak(struct der algorithm)
{
	const struct alg *s = find(signatures, COUNT(signatures), algorithm);

	return s != NULL && s->weak;
}

/* --- use --- */

#define EKU "\x2b\x06\x01\x05\x05\x07\x03"
#define EKU_ANY "\x55\x1d\x25\x00"
#define EKU_SERVER EKU "\x01"
#define EKU_CODE EKU "\x03"
#define EKU_MAIL EKU "\x04"
#define EKU_TIME EKU "\x08"
#define EKU_DOCUMENT EKU "\x24"
#define EKU_ADOBE "\x2a\x86\x48\x86\xf7\x2f\x01\x01\x05"
#define EKU_MICROSOFT "\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x0c"

/* RFC 5280 4.2.1.3: bit 0 is the highest of the first byte */
#define KU_SIGNATURE 0x80
#define KU_COMMITMENT 0x40
#define KU_ENCIPHERMENT 0x20
#define KU_AGREEMENT 0x08

static bool
has_eku(const struct x509 *c, const char *oid, size_t len)
{
	struct der list = c->eku, one;

	while (der_take(&list, DER_OID, &one, NULL))
		if (one.len == len && memcmp(one.p, oid, len) == 0)
			return true;
	return false;
}
#define HAS(c, oid) has_eku((c), (oid), sizeof(oid) - 1)

static bool
may(const struct x509 *c, unsigned bits)
{
	return !c->has_usage || (c->usage & bits) != 0;
}

static const char *
document_fault(const struct x509 *c)
{
	if (c->eku.len > 0 && !HAS(c, EKU_DOCUMENT) && !HAS(c, EKU_ADOBE) &&
	    !HAS(c, EKU_MICROSOFT) && !HAS(c, EKU_MAIL) && !HAS(c, EKU_ANY))
		return "its extended key usage names other uses only";
	return may(c, KU_SIGNATURE | KU_COMMITMENT)
		   ? NULL
		   : "its key usage has neither signatures nor commitment";
}

static const char *
server_fault(const struct x509 *c)
{
	if (c->eku.len > 0 && !HAS(c, EKU_SERVER) && !HAS(c, EKU_ANY))
		return "its extended key usage does not name servers";
	return may(c, KU_SIGNATURE | KU_ENCIPHERMENT | KU_AGREEMENT)
		   ? NULL
		   : "its key usage allows no key exchange and no signature";
}

static const char *
code_fault(const struct x509 *c)
{
	if (!HAS(c, EKU_CODE))
		return "its extended key usage does not name code";
	return may(c, KU_SIGNATURE) ? NULL : "its key usage has no signatures";
}

static const char *
time_fault(const struct x509 *c)
{
	struct der list = c->eku, one;

	if (!HAS(c, EKU_TIME))
		return "its extended key usage does not name time stamps";
	if (!c->eku_critical || !der_take(&list, DER_OID, &one, NULL) || list.len > 0)
		return "time stamps are not its only use, or that is not marked as critical";
	return may(c, KU_SIGNATURE | KU_COMMITMENT) ? NULL : "its key usage has no signatures";
}

const char *
x509_use_fault(const struct x509 *c, enum x509_use use)
{
	switch (use) {
	case USE_DOCUMENT:
		return document_fault(c);
	case USE_SERVER:
		return server_fault(c);
	case USE_CODE:
		return code_fault(c);
	case USE_TIME:
		return time_fault(c);
	case USE_ANY:
	case USE_N:
		break;
	}
	return NULL;
}
