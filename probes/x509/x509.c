/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading a certificate's fields, and the key in it.
 */
#include "probes/x509/x509.h"

#include "probes/x509/x509_time.h"

#include <string.h>

#define CONTEXT_0 0xa0
#define CONTEXT_3 0xa3
#define SAN_DNS 0x82

#define OID_SAN "\x55\x1d\x11"
#define OID_BASIC "\x55\x1d\x13"
#define OID_USAGE "\x55\x1d\x0f"
#define OID_EKU "\x55\x1d\x25"
#define OID_EC "\x2a\x86\x48\xce\x3d\x02\x01"
#define OID_RSA "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"

static int
parse_date(struct der *in, const char *which, instant *out, bool *odd, struct err *e)
{
	struct der text;
	unsigned tag;
	bool is_odd;

	if (!der_next(in, &tag, &text, NULL))
		return err_set(e, ERR_PARSE, "%s is missing (RFC 5280 4.1.2.5)", which);
	if (x509_time(tag, text, out, &is_odd, e) < 0)
		return err_wrap(e, "%s", which);
	*odd = *odd || is_odd;
	return 0;
}

static void
parse_san(struct der value, struct x509 *c)
{
	struct der names, name;
	unsigned tag;

	if (!der_take(&value, DER_SEQUENCE, &names, NULL))
		return;
	c->san = names;
	while (der_next(&names, &tag, &name, NULL))
		if (tag == SAN_DNS && name.len > 0) {
			c->dns = name;
			return;
		}
}

static void
parse_basic(struct der value, struct x509 *c)
{
	struct der seq, flag;

	if (der_take(&value, DER_SEQUENCE, &seq, NULL) &&
	    der_take(&seq, DER_BOOLEAN, &flag, NULL) && flag.len == 1)
		c->ca = flag.p[0] != 0;
}

static void
parse_usage(struct der value, struct x509 *c)
{
	struct der bits;

	if (!der_take(&value, DER_BIT_STRING, &bits, NULL) || bits.len < 1)
		return;
	c->has_usage = true;
	c->usage = bits.len > 1 ? bits.p[1] : 0;
}

static void
parse_eku(struct der value, bool critical, struct x509 *c)
{
	if (der_take(&value, DER_SEQUENCE, &c->eku, NULL))
		c->eku_critical = critical;
}

/* Extensions that do not parse are not this reader's business. */
static void
parse_extensions(struct der tbs, struct x509 *c)
{
	struct der value, list, ext, oid, flag, octets;
	unsigned tag;

	while (der_next(&tbs, &tag, &value, NULL) && tag != CONTEXT_3)
		;
	if (tag != CONTEXT_3 || !der_take(&value, DER_SEQUENCE, &list, NULL))
		return;
	while (der_take(&list, DER_SEQUENCE, &ext, NULL)) {
		if (!der_take(&ext, DER_OID, &oid, NULL))
			continue;
		flag = (struct der){ 0 };
		der_take(&ext, DER_BOOLEAN, &flag, NULL);
		if (!der_take(&ext, DER_OCTET_STRING, &octets, NULL))
			continue;
		if (DER_IS(oid, OID_SAN))
			parse_san(octets, c);
		else if (DER_IS(oid, OID_BASIC))
			parse_basic(octets, c);
		else if (DER_IS(oid, OID_USAGE))
			parse_usage(octets, c);
		else if (DER_IS(oid, OID_EKU))
			parse_eku(octets, flag.len == 1 && flag.p[0] != 0, c);
	}
}

static int
parse_tbs(struct der tbs, struct x509 *c, struct err *e)
{
	struct der skip, validity;

	der_take(&tbs, CONTEXT_0, &skip, NULL);
	if (!der_take(&tbs, DER_INTEGER, &c->serial, NULL))
		return err_set(e, ERR_PARSE, "no serial number (RFC 5280 4.1.2.2)");
	if (!der_take(&tbs, DER_SEQUENCE, &skip, NULL))
		return err_set(e, ERR_PARSE, "no signature algorithm (RFC 5280 4.1.2.3)");
	der_take(&skip, DER_OID, &c->signature, NULL);
	if (!der_take(&tbs, DER_SEQUENCE, &c->issuer, NULL))
		return err_set(e, ERR_PARSE, "no issuer (RFC 5280 4.1.2.4)");
	if (!der_take(&tbs, DER_SEQUENCE, &validity, NULL))
		return err_set(e, ERR_PARSE, "no validity (RFC 5280 4.1.2.5)");
	if (parse_date(&validity, "notBefore", &c->not_before, &c->dates_odd, e) < 0 ||
	    parse_date(&validity, "notAfter", &c->not_after, &c->dates_odd, e) < 0)
		return -1;
	if (!der_take(&tbs, DER_SEQUENCE, &c->subject, NULL))
		return err_set(e, ERR_PARSE, "no subject (RFC 5280 4.1.2.6)");
	if (!der_take(&tbs, DER_SEQUENCE, &skip, &c->spki))
		return err_set(e, ERR_PARSE, "no public key (RFC 5280 4.1.2.7)");
	parse_extensions(tbs, c);
	return 0;
}

int
x509_parse(const uint8_t *der, size_t len, struct x509 *c, struct err *e)
{
	struct der in = { der, len }, cert, tbs, skip;

	memset(c, 0, sizeof(*c));
	if (!der_take(&in, DER_SEQUENCE, &cert, &c->whole) ||
	    !der_take(&cert, DER_SEQUENCE, &tbs, NULL))
		return err_set(
		    e, ERR_PARSE, "no certificate in these %zu bytes (RFC 5280 4.1)", len);
	if (c->whole.len > X509_BYTES_MAX)
		return err_set(e, ERR_LIMIT, "a certificate of %zu bytes (at most %zu)",
		    c->whole.len, X509_BYTES_MAX);
	if (!der_take(&cert, DER_SEQUENCE, &skip, NULL) ||
	    !der_take(&cert, DER_BIT_STRING, &skip, NULL))
		return err_set(e, ERR_PARSE, "no signature (RFC 5280 4.1.1)");
	return parse_tbs(tbs, c, e);
}

bool
x509_key(struct der spki, struct x509_key *out)
{
	struct der seq, alg, oid, bits, rsa;

	if (!der_take(&spki, DER_SEQUENCE, &seq, NULL) ||
	    !der_take(&seq, DER_SEQUENCE, &alg, NULL) || !der_take(&alg, DER_OID, &oid, NULL) ||
	    !der_take(&seq, DER_BIT_STRING, &bits, NULL) || bits.len < 2)
		return false;
	bits.p++; /* the count of unused bits */
	bits.len--;
	*out = (struct x509_key){ '?', bits };
	if (DER_IS(oid, OID_EC))
		out->kind = 'E';
	if (!DER_IS(oid, OID_RSA))
		return true;
	out->kind = 'R';
	if (!der_take(&bits, DER_SEQUENCE, &rsa, NULL) ||
	    !der_take(&rsa, DER_INTEGER, &out->key, NULL))
		return false;
	out->key = der_magnitude(out->key);
	return true;
}
