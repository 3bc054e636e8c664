/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a certificate is told: its names, its date, its evidence.
 */
#include "probes/x509/x509_item.h"

#include "probes/x509/x509_alg.h"
#include "probes/x509/x509_name.h"
#include "probes/x509/x509_time.h"

#include <sha256.h>
#include <string.h>

#define SERIAL_BYTES_MAX 64 /* shown; RFC 5280 4.1.2.2 allows 20 */
#define OWN_EVIDENCE 18
#define HOUR (3600 * INSTANT_S) /* of instants, which a span of thousands of years overflows */
#define DAY (24 * HOUR)

void
x509_sha256(struct der bytes, uint8_t out[SHA256_BYTES])
{
	SHA2_CTX sha;

	SHA256Init(&sha);
	SHA256Update(&sha, bytes.p, bytes.len);
	SHA256Final(out, &sha);
}

const char *
x509_hex(struct der d, char *room)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < d.len; i++) {
		room[2 * i] = digits[d.p[i] >> 4];
		room[2 * i + 1] = digits[d.p[i] & 15];
	}
	room[2 * d.len] = '\0';
	return room;
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
x509_unhex(const char *text, uint8_t out[SHA256_BYTES])
{
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		int hi = digit(text[2 * i]), lo = hi < 0 ? -1 : digit(text[2 * i + 1]);

		if (lo < 0)
			return false;
		out[i] = (uint8_t)(hi << 4 | lo);
	}
	return text[2 * SHA256_BYTES] == '\0';
}

const char *
x509_serial(struct der serial, char room[2 * X509_SERIAL_SHOWN + 1])
{
	if (serial.len > X509_SERIAL_SHOWN)
		serial.len = X509_SERIAL_SHOWN;
	return serial.len > 0 ? x509_hex(serial, room) : memcpy(room, "none", sizeof("none"));
}

static const char *
hex(struct arena *a, struct der d)
{
	return x509_hex(d, arena_alloc(a, d.len * 2 + 1));
}

static const char *
short_name(struct der name, struct arena *a)
{
	struct str s;
	const char *text = NULL;

	str_init(&s, NAME_SHORT_MAX);
	if (x509_name_short(name, &s))
		text = arena_textn(a, s.s, s.len);
	str_fini(&s);
	return text;
}

const char *
x509_label(const struct x509 *c, struct arena *a)
{
	const char *name = short_name(c->subject, a);
	struct str s;

	if (name != NULL)
		return name;
	str_init(&s, NAME_SHORT_MAX);
	if (c->dns.len > 0 && x509_string(DER_IA5, c->dns, &s))
		name = arena_textn(a, s.s, s.len);
	str_fini(&s);
	return name != NULL ? name : "without a name";
}

static const char *
full_name(struct der name, struct arena *a)
{
	const char *text;
	struct str s;

	str_init(&s, NAME_TEXT_MAX);
	x509_name_text(name, &s);
	text = arena_textn(a, s.s, s.len);
	str_fini(&s);
	return text;
}

static const char *
time_text(instant t, struct arena *a)
{
	char buf[INSTANT_TEXT];

	return arena_text(a, instant_text(t, buf));
}

static void
put(struct evidence *ev, size_t *n, const char *key, const char *value)
{
	ev[(*n)++] = (struct evidence){ key, value };
}

static const char *
sha_text(struct der bytes, struct arena *a)
{
	uint8_t sum[SHA256_BYTES];

	x509_sha256(bytes, sum);
	return hex(a, (struct der){ sum, sizeof(sum) });
}

/* What RFC 5280 4.1.2.2 forbids and old authorities did: said, and no alarm. NULL: as it wants. */
static const char *
serial_form(struct der serial)
{
	struct der rest = der_magnitude(serial);

	if (rest.len == 0)
		return "zero, which RFC 5280 4.1.2.2 forbids";
	if ((serial.p[0] & 0x80) != 0)
		return "negative, which RFC 5280 4.1.2.2 forbids";
	return serial.len > X509_SERIAL_SHOWN ? "longer than RFC 5280 4.1.2.2 allows" : NULL;
}

/* Fills what does not depend on the rule. */
static void
describe(struct item *it, struct arena *a, const struct x509 *c, const struct x509_place *place)
{
	struct evidence *ev = arena_array(a, OWN_EVIDENCE + EVIDENCE_EXTRA_MAX, sizeof(*ev));
	struct der serial = c->serial;
	char text[X509_ALG_TEXT];
	size_t n = 0;

	if (serial.len > SERIAL_BYTES_MAX)
		serial.len = SERIAL_BYTES_MAX;
	put(ev, &n, "name", x509_label(c, a));
	put(ev, &n, "subject", full_name(c->subject, a));
	put(ev, &n, "issuer", full_name(c->issuer, a));
	put(ev, &n, "serial", hex(a, serial));
	if (serial_form(c->serial) != NULL)
		put(ev, &n, "serial_form", serial_form(c->serial));
	put(ev, &n, "sha256",
	    place->sha256 != NULL ? hex(a, (struct der){ place->sha256, SHA256_BYTES })
				  : sha_text(c->whole, a));
	put(ev, &n, "notBefore", time_text(c->not_before, a));
	put(ev, &n, "notAfter", time_text(c->not_after, a));
	put(ev, &n, "key", arena_text(a, x509_key_text(c->spki, text)));
	put(ev, &n, "key_sha256", sha_text(c->spki, a));
	if (c->san.len > 0)
		put(ev, &n, "names_sha256", sha_text(c->san, a));
	put(ev, &n, "signature", arena_text(a, x509_signature_text(c->signature, text)));
	if (c->not_after > c->not_before && !x509_time_is_never(c->not_after))
		put(ev, &n, "lifetime",
		    arena_printf(
			a, "%ld days", (long)((c->not_after - c->not_before + HOUR) / DAY)));
	if (c->ca)
		put(ev, &n, "authority", "yes");
	if (c->dates_odd)
		put(ev, &n, "date_form",
		    "not as RFC 5280 4.1.2.5 wants it, but its meaning is clear");
	for (size_t i = 0; i < place->nevidence && i < EVIDENCE_EXTRA_MAX; i++)
		ev[n++] = place->evidence[i];
	it->target = place->target;
	it->evidence = ev;
	it->nevidence = n;
}

const char *
x509_words(const struct x509 *c, struct arena *a)
{
	const char *issuer = short_name(c->issuer, a), *name = x509_label(c, a);

	if (der_same(c->issuer, c->subject))
		return arena_printf(a, "Certificate of %s (issued by itself)", name);
	return arena_printf(a, "Certificate of %s (issued by %s)", name,
	    issuer != NULL ? issuer : "nobody it names");
}

const char *
x509_day(instant t, struct arena *a)
{
	return arena_printf(a, "%.10s", time_text(t, a));
}

void
x509_item(struct item *it, const struct x509 *c, const struct x509_place *place, struct arena *a)
{
	bool never = x509_time_is_never(c->not_after);
	const char *words = x509_words(c, a);

	describe(it, a, c, place);
	it->summary = never ? arena_printf(a, "%s: it names no end date", words) : words;
	if (never)
		return;
	it->deadline = (struct deadline){ .kind = DEADLINE_KNOWN,
		.at = c->not_after,
		.earliest = c->not_after,
		.latest = c->not_after };
	if (c->not_after > c->not_before)
		it->deadline.life = instant_minus(c->not_after, c->not_before);
}
