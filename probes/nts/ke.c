/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the records of the key exchange.
 */
#include "ke.h"

#include <ctype.h>
#include <string.h>

/* RFC 8915, 7.6 */
enum { END, NEXT_PROTOCOL, ERROR, WARNING, AEAD, COOKIE, SERVER, PORT };

#define CRITICAL 0x8000U
#define NTPV4 0
#define AES_SIV_CMAC_256 15
#define HEADER 4

struct record {
	unsigned type;
	bool critical;
	const uint8_t *body;
	size_t n;
};

static unsigned
get16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

void
ke_request(uint8_t out[KE_REQUEST])
{
	static const uint8_t request[KE_REQUEST] = { 0x80, NEXT_PROTOCOL, 0, 2, 0, NTPV4, 0x80,
		AEAD, 0, 2, 0, AES_SIV_CMAC_256, 0x80, END, 0, 0 };

	memcpy(out, request, KE_REQUEST);
}

bool
ke_keep(struct ke_cookies *c, const uint8_t *bytes, size_t n)
{
	if (n == 0 || n > KE_COOKIE_MAX || n % 4 != 0)
		return false;
	if (c->n == KE_COOKIES_MAX)
		return true;
	c->v[c->n].n = n;
	memcpy(c->v[c->n++].bytes, bytes, n);
	return true;
}

/* One number of two bytes, of a record that may be there once. */
static enum ke_fault
only(const struct record *r, bool *seen, unsigned want, enum ke_fault otherwise)
{
	if (*seen)
		return KE_RECORD;
	*seen = true;
	return r->n == 2 && get16(r->body) == want ? KE_OK : otherwise;
}

static enum ke_fault
take_server(const struct record *r, struct ke *out)
{
	if (out->server[0] != '\0' || r->n == 0 || r->n > KE_SERVER_MAX)
		return KE_RECORD;
	for (size_t i = 0; i < r->n; i++)
		if (!isalnum(r->body[i]) &&
		    (r->body[i] == '\0' || strchr("-._:", r->body[i]) == NULL))
			return KE_RECORD;
	memcpy(out->server, r->body, r->n);
	return KE_OK;
}

static enum ke_fault
take(const struct record *r, struct ke *out)
{
	switch (r->type) {
	case NEXT_PROTOCOL:
		return only(r, &out->protocol, NTPV4, KE_PROTOCOL);
	case AEAD:
		return only(r, &out->aead, AES_SIV_CMAC_256, KE_AEAD);
	case ERROR:
		return KE_ERROR;
	case WARNING:
		return KE_WARNING;
	case COOKIE:
		return ke_keep(&out->cookies, r->body, r->n) ? KE_OK : KE_COOKIES;
	case SERVER:
		return take_server(r, out);
	case PORT:
		if (out->port != 0 || r->n != 2 || get16(r->body) == 0)
			return KE_RECORD;
		out->port = (uint16_t)get16(r->body);
		return KE_OK;
	default:
		return r->critical ? KE_CRITICAL : KE_OK;
	}
}

static enum ke_fault
whole(const struct ke *out)
{
	return !out->protocol        ? KE_PROTOCOL
	       : !out->aead          ? KE_AEAD
	       : out->cookies.n == 0 ? KE_COOKIES
				     : KE_OK;
}

enum ke_fault
ke_parse(const uint8_t *d, size_t n, struct ke *out)
{
	size_t at = 0;

	memset(out, 0, sizeof(*out));
	while (n - at >= HEADER) {
		struct record r = { .type = get16(d + at) & (CRITICAL - 1U),
			.critical = (d[at] & 0x80) != 0,
			.body = d + at + HEADER,
			.n = get16(d + at + 2) };
		enum ke_fault f;

		if (r.n > n - at - HEADER)
			break;
		at += HEADER + r.n;
		if (r.type == END)
			return r.n == 0 && at == n ? whole(out) : KE_RECORD;
		f = take(&r, out);
		if (f != KE_OK)
			return f;
	}
	return n < KE_ANSWER_MAX ? KE_MORE : KE_LONG;
}

const char *
ke_fault_words(enum ke_fault f)
{
	static const char *const words[KE_FAULT_N] = {
		[KE_OK] = "gives keys",
		[KE_MORE] = "ended the exchange of keys too early",
		[KE_LONG] = "gives more keys than can be",
		[KE_RECORD] = "exchanges keys in a form that cannot be read",
		[KE_CRITICAL] = "exchanges keys in a form that this version does not know",
		[KE_ERROR] = "says that it cannot exchange keys",
		[KE_WARNING] = "gives keys with a warning that this version does not know",
		[KE_PROTOCOL] = "gives keys, but not for this form of time",
		[KE_AEAD] = "gives keys, but none of the form that every server must have",
		[KE_COOKIES] = "gives keys, but nothing to ask for the time with",
	};

	return words[f];
}
