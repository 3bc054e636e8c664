/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading lists of revoked certificates.
 */
#include "probes/x509/x509_crl.h"

#include "probes/x509/x509_time.h"

#include <string.h>

#define CONTEXT_0 0xa0
#define IDP_INDIRECT 0x84 /* [4] indirectCRL */
#define AKI_KEY 0x80      /* [0] keyIdentifier */
#define ENUMERATED 0x0a
#define REASON_MAX 10 /* aACompromise */

#define OID_NUMBER "\x55\x1d\x14"
#define OID_REASON "\x55\x1d\x15"
#define OID_DELTA "\x55\x1d\x1b"
#define OID_POINT "\x55\x1d\x1c"
#define OID_AUTHORITY_KEY "\x55\x1d\x23"

/* One extension off *list: false at its end, or where it makes no sense. */
static bool
next_extension(struct der *list, struct der *oid, bool *critical, struct der *value)
{
	struct der ext, flag = { 0 };

	if (!der_take(list, DER_SEQUENCE, &ext, NULL) || !der_take(&ext, DER_OID, oid, NULL))
		return false;
	der_take(&ext, DER_BOOLEAN, &flag, NULL);
	*critical = flag.len == 1 && flag.p[0] != 0;
	return der_take(&ext, DER_OCTET_STRING, value, NULL);
}

static bool
is_indirect(struct der point)
{
	struct der seq, value;
	unsigned tag;

	if (!der_take(&point, DER_SEQUENCE, &seq, NULL))
		return false;
	while (der_next(&seq, &tag, &value, NULL))
		if (tag == IDP_INDIRECT && value.len == 1 && value.p[0] != 0)
			return true;
	return false;
}

static void
take_extension(struct x509_crl *c, struct der oid, bool critical, struct der value)
{
	struct der seq;

	if (DER_IS(oid, OID_NUMBER)) {
		c->has_number = true;
		c->number_critical = critical;
	} else if (DER_IS(oid, OID_DELTA))
		c->delta = true;
	else if (DER_IS(oid, OID_POINT)) {
		c->point = value;
		c->indirect = is_indirect(value);
	} else if (DER_IS(oid, OID_AUTHORITY_KEY)) {
		if (der_take(&value, DER_SEQUENCE, &seq, NULL))
			der_take(&seq, AKI_KEY, &c->authority_key, NULL);
	} else if (critical)
		c->unknown_critical = true;
}

static int
parse_extensions(struct der tbs, struct x509_crl *c, struct err *e)
{
	struct der outer, list, oid, value;
	bool critical;

	if (tbs.len == 0)
		return 0;
	if (!der_take(&tbs, CONTEXT_0, &outer, NULL) ||
	    !der_take(&outer, DER_SEQUENCE, &list, NULL))
		return err_set(e, ERR_PARSE, "no extensions where they belong (RFC 5280 5.2)");
	while (list.len > 0) {
		if (!next_extension(&list, &oid, &critical, &value))
			return err_set(e, ERR_PARSE, "a broken extension (RFC 5280 5.2)");
		take_extension(c, oid, critical, value);
	}
	return 0;
}

static int
parse_date(struct der *in, const char *which, instant *out, struct err *e)
{
	struct der text;
	unsigned tag;
	bool odd;

	if (!der_next(in, &tag, &text, NULL))
		return err_set(e, ERR_PARSE, "%s is missing (RFC 5280 5.1.2)", which);
	return x509_time(tag, text, out, &odd, e) < 0 ? err_wrap(e, "%s", which) : 0;
}

static bool
is_time(struct der in)
{
	return in.len > 0 && (in.p[0] == DER_UTC_TIME || in.p[0] == DER_GENERALIZED_TIME);
}

static int
walk(struct x509_crl *c, struct err *e)
{
	struct der in = c->revoked;
	struct x509_revoked r;

	while (in.len > 0) {
		if (!x509_crl_next(&in, &r))
			return err_set(e, ERR_PARSE, "entry %zu is broken (RFC 5280 5.1.2.6)",
			    c->nrevoked + 1);
		c->nrevoked++;
	}
	return 0;
}

static int
parse_tbs(struct der tbs, struct x509_crl *c, struct err *e)
{
	struct der skip;

	der_take(&tbs, DER_INTEGER, &skip, NULL);
	if (!der_take(&tbs, DER_SEQUENCE, &skip, NULL))
		return err_set(e, ERR_PARSE, "no signature algorithm (RFC 5280 5.1.2.2)");
	if (!der_take(&tbs, DER_SEQUENCE, &c->issuer, NULL))
		return err_set(e, ERR_PARSE, "no issuer (RFC 5280 5.1.2.3)");
	if (parse_date(&tbs, "thisUpdate", &c->this_update, e) < 0)
		return -1;
	c->has_next = is_time(tbs);
	if (c->has_next && parse_date(&tbs, "nextUpdate", &c->next_update, e) < 0)
		return -1;
	der_take(&tbs, DER_SEQUENCE, &c->revoked, NULL);
	if (parse_extensions(tbs, c, e) < 0)
		return -1;
	return walk(c, e);
}

int
x509_crl_parse(const uint8_t *der, size_t len, struct x509_crl *c, struct err *e)
{
	struct der in = { der, len }, list, tbs, skip;

	memset(c, 0, sizeof(*c));
	if (!der_take(&in, DER_SEQUENCE, &list, &c->whole) ||
	    !der_take(&list, DER_SEQUENCE, &tbs, &c->signed_part) ||
	    !der_take(&list, DER_SEQUENCE, &skip, &c->algorithm) ||
	    !der_take(&list, DER_BIT_STRING, &c->signature, NULL) || c->signature.len < 2)
		return err_set(e, ERR_PARSE, "no list of revoked certificates (RFC 5280 5.1)");
	return parse_tbs(tbs, c, e);
}

static void
take_reason(struct der list, struct x509_revoked *out)
{
	struct der oid, value, reason;
	bool critical;

	while (next_extension(&list, &oid, &critical, &value))
		if (DER_IS(oid, OID_REASON) && der_take(&value, ENUMERATED, &reason, NULL) &&
		    reason.len == 1 && reason.p[0] <= REASON_MAX)
			out->reason = reason.p[0];
}

bool
x509_crl_next(struct der *in, struct x509_revoked *out)
{
	struct der entry, text, list;
	unsigned tag;
	struct err e;
	bool odd;

	*out = (struct x509_revoked){ .reason = -1 };
	if (!der_take(in, DER_SEQUENCE, &entry, NULL) ||
	    !der_take(&entry, DER_INTEGER, &out->serial, NULL) ||
	    !der_next(&entry, &tag, &text, NULL) || x509_time(tag, text, &out->at, &odd, &e) < 0)
		return false;
	if (der_take(&entry, DER_SEQUENCE, &list, NULL))
		take_reason(list, out);
	return true;
}

const char *
x509_reason_text(int reason)
{
	static const char *const texts[REASON_MAX + 1] = {
		[1] = "its key was stolen or lost",
		[2] = "a key above it was stolen or lost",
		[3] = "its holder changed",
		[4] = "another one took its place",
		[5] = "it is no longer used",
		[6] = "for the time being",
		[9] = "its holder lost the right to it",
		[10] = "a key above it was stolen or lost",
	};

	return reason >= 0 && reason <= REASON_MAX ? texts[reason] : NULL;
}
