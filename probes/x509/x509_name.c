/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns names as text, in full and in short.
 */
#include "probes/x509/x509_name.h"

#include "base/text.h"

#include <string.h>

#define RDNS_MAX 64 /* parts of one name */

#define OID_CN "\x55\x04\x03"
#define OID_O "\x55\x04\x0a"
#define OID_OU "\x55\x04\x0b"

/* RFC 4514 section 3, and those that qualified certificates carry (ETSI EN 319 412). */
static const struct {
	const char *oid;
	size_t len;
	const char *name;
} types[] = {
	{ OID_CN, 3, "CN" },
	{ "\x55\x04\x04", 3, "SN" },
	{ "\x55\x04\x05", 3, "serialNumber" },
	{ "\x55\x04\x06", 3, "C" },
	{ "\x55\x04\x07", 3, "L" },
	{ "\x55\x04\x08", 3, "ST" },
	{ "\x55\x04\x09", 3, "STREET" },
	{ OID_O, 3, "O" },
	{ OID_OU, 3, "OU" },
	{ "\x55\x04\x0c", 3, "title" },
	{ "\x55\x04\x2a", 3, "GN" },
	{ "\x55\x04\x61", 3, "organizationIdentifier" },
	{ "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", 9, "emailAddress" },
	{ "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19", 10, "DC" },
	{ "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01", 10, "UID" },
};

/* A character goes in whole or not at all, so that a full text never ends within one. */
static void
add_utf8(struct str *out, uint32_t c)
{
	char b[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	if (c == 0) {
		str_add(out, "\\00");
		return;
	}
	for (size_t i = n; i-- > 1; c >>= 6)
		b[i] = (char)(0x80 | (c & 0x3f));
	b[0] = (char)(lead[n] | c);
	str_addn(out, b, n);
}

/* Big-endian code units of `width` bytes: BMPString (with surrogates, as Microsoft writes them),
 * UniversalString, and with width 1 the Latin-1 that T61String holds in practice. */
static bool
add_wide(struct der v, size_t width, struct str *out)
{
	if (v.len % width != 0)
		return false;
	for (size_t i = 0; i < v.len; i += width) {
		uint32_t c = 0;

		for (size_t k = 0; k < width; k++)
			c = c << 8 | v.p[i + k];
		if (width == 2 && c >= 0xd800 && c < 0xdc00 && i + 4 <= v.len) {
			uint32_t low = (uint32_t)v.p[i + 2] << 8 | v.p[i + 3];

			if (low < 0xdc00 || low > 0xdfff)
				return false;
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
			return false;
		add_utf8(out, c);
	}
	return true;
}

static bool
add_bytes(struct der v, bool utf8, struct str *out)
{
	for (size_t i = 0; i < v.len;) {
		uint32_t c = v.p[i];
		size_t n = 1;

		if (c >= 0x80) {
			if (utf8)
				n = utf8_decode((const char *)v.p + i, v.len - i, &c);
			if (n == 0)
				return false;
		}
		add_utf8(out, c);
		i += n;
	}
	return true;
}

bool
x509_string(unsigned tag, struct der value, struct str *out)
{
	switch (tag) {
	case DER_UTF8:
		return add_bytes(value, true, out);
	case DER_PRINTABLE:
	case DER_IA5:
	case DER_NUMERIC:
	case DER_VISIBLE:
	case DER_T61:
		return add_bytes(value, false, out);
	case DER_BMP:
		return add_wide(value, 2, out);
	case DER_UNIVERSAL:
		return add_wide(value, 4, out);
	default:
		return false;
	}
}

static void
add_hex(struct der whole, struct str *out)
{
	str_addc(out, '#');
	for (size_t i = 0; i < whole.len && !out->cut; i++)
		str_addf(out, "%02x", whole.p[i]);
}

/* RFC 4514 2.4: what would be read as structure gets a backslash. */
static void
add_escaped(const struct str *text, struct str *out)
{
	for (size_t i = 0; i < text->len; i++) {
		char c = text->s[i];
		bool edge = (i == 0 && (c == ' ' || c == '#')) || (i + 1 == text->len && c == ' ');
		bool nul = c == '\\' && text->len - i >= 3 && memcmp(text->s + i, "\\00", 3) == 0;

		if (!nul && (edge || strchr("\"+,;<>\\", c) != NULL))
			str_addc(out, '\\');
		str_addc(out, c);
	}
}

static void
add_type(struct der oid, struct str *out)
{
	char dotted[DER_OID_TEXT];

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (oid.len == types[i].len && memcmp(oid.p, types[i].oid, oid.len) == 0) {
			str_add(out, types[i].name);
			return;
		}
	str_add(out, der_oid_text(oid, dotted));
}

struct name_part {
	struct der oid, value, whole;
	unsigned tag;
};

static bool
take_part(struct der *set, struct name_part *p)
{
	struct der pair;

	return der_take(set, DER_SEQUENCE, &pair, NULL) &&
	       der_take(&pair, DER_OID, &p->oid, NULL) &&
	       der_next(&pair, &p->tag, &p->value, &p->whole);
}

static void
add_rdn(struct der set, struct str *out, struct str *scratch)
{
	struct name_part p;
	bool more = false;

	while (set.len > 0) {
		if (!take_part(&set, &p)) {
			str_addc(out, '?');
			return;
		}
		if (more)
			str_addc(out, '+');
		more = true;
		add_type(p.oid, out);
		str_addc(out, '=');
		str_clear(scratch);
		if (x509_string(p.tag, p.value, scratch))
			add_escaped(scratch, out);
		else
			add_hex(p.whole, out);
	}
}

void
x509_name_text(struct der name, struct str *out)
{
	struct der rdns[RDNS_MAX];
	struct str scratch;
	size_t n = 0;

	str_init(&scratch, out->max);
	while (n < RDNS_MAX && der_take(&name, DER_SET, &rdns[n], NULL))
		n++;
	for (size_t i = n; i-- > 0;) {
		add_rdn(rdns[i], out, &scratch);
		if (i > 0)
			str_addc(out, ',');
	}
	if (name.len > 0)
		str_add(out, n > 0 ? ",?" : "?");
	str_fini(&scratch);
}

/* The last non-empty value of a type into *out. */
static bool
find_last(struct der name, const char *oid, size_t oid_len, struct str *out)
{
	struct der set;
	struct name_part p;
	bool found = false;

	while (der_take(&name, DER_SET, &set, NULL))
		while (take_part(&set, &p)) {
			if (p.oid.len != oid_len || memcmp(p.oid.p, oid, oid_len) != 0 ||
			    p.value.len == 0)
				continue;
			str_clear(out);
			found = x509_string(p.tag, p.value, out);
		}
	if (!found)
		str_clear(out);
	return found;
}

bool
x509_name_short(struct der name, struct str *out)
{
	str_clear(out);
	if (name.len == 0)
		return false;
	if (find_last(name, OID_CN, 3, out) || find_last(name, OID_OU, 3, out) ||
	    find_last(name, OID_O, 3, out))
		return true;
	x509_name_text(name, out);
	return out->len > 0;
}
