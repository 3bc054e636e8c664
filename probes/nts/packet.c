/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the extension fields of NTS.
 */
#include "packet.h"

#include <string.h>

/* RFC 8915, 7.5 */
#define UNIQUE_ID 0x0104
#define COOKIE 0x0204
#define AUTHENTICATOR 0x0404

#define HEADER 4
#define LENGTHS 4 /* of nonce and ciphertext, in front of them */
#define NONCE 16
#define FIELD_MIN 16 /* RFC 7822, 7.5 */

struct field {
	unsigned type;
	const uint8_t *body;
	size_t at, n; /* of its header in the packet; bytes of its body */
};

static unsigned
get16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static uint8_t *
put_field(uint8_t *p, unsigned type, size_t body)
{
	size_t n = HEADER + body;

	p[0] = (uint8_t)(type >> 8);
	p[1] = (uint8_t)type;
	p[2] = (uint8_t)(n >> 8);
	p[3] = (uint8_t)n;
	return p + HEADER;
}

size_t
packet_request(uint8_t out[PACKET_REQUEST_MAX], uint64_t origin, const uint8_t id[PACKET_ID],
    const uint8_t *cookie, size_t ncookie, const uint8_t nonce[NONCE], const uint8_t c2s[SIV_KEY])
{
	uint8_t *p = out + NTP_PACKET;
	struct siv_part parts[2];

	if (ncookie > KE_COOKIE_MAX)
		return 0;
	ntp_request(out, origin);
	p = put_field(p, UNIQUE_ID, PACKET_ID);
	memcpy(p, id, PACKET_ID);
	p = put_field(p + PACKET_ID, COOKIE, ncookie);
	memcpy(p, cookie, ncookie);
	p += ncookie;
	parts[0] = (struct siv_part){ out, (size_t)(p - out) };
	p = put_field(p, AUTHENTICATOR, LENGTHS + NONCE + SIV_TAG);
	p[0] = 0;
	p[1] = NONCE;
	p[2] = 0;
	p[3] = SIV_TAG;
	memcpy(p + LENGTHS, nonce, NONCE);
	parts[1] = (struct siv_part){ p + LENGTHS, NONCE };
	p += LENGTHS + NONCE;
	if (!siv_seal(c2s, parts, 2, NULL, 0, p))
		return 0;
	return (size_t)(p + SIV_TAG - out);
}

/* The field at *at, of n bytes; false: there is none that is whole. */
static bool
next_field(const uint8_t *d, size_t n, size_t *at, size_t least, struct field *f)
{
	size_t len;

	if (n - *at < HEADER)
		return false;
	len = get16(d + *at + 2);
	if (len < least || len % 4 != 0 || len > n - *at)
		return false;
	*f = (struct field){ get16(d + *at), d + *at + HEADER, *at, len - HEADER };
	*at += len;
	return true;
}

static size_t
padded(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

static enum packet_fault
take_cookies(const uint8_t *plain, size_t n, struct ke_cookies *fresh)
{
	struct field f;

	for (size_t at = 0; at < n;) {
		if (!next_field(plain, n, &at, HEADER, &f))
			return PACKET_FIELDS;
		if (f.type == COOKIE && !ke_keep(fresh, f.body, f.n))
			return PACKET_FIELDS;
	}
	return PACKET_OK;
}

/* The field that proves all before it. */
static enum packet_fault
prove(const uint8_t *d, const struct field *f, const uint8_t s2c[SIV_KEY], struct ke_cookies *fresh)
{
	uint8_t plain[NTP_ANSWER_MAX];
	struct siv_part parts[2] = { { d, f->at }, { NULL, 0 } };
	size_t nonce, sealed;

	if (f->n < LENGTHS)
		return PACKET_FIELDS;
	nonce = get16(f->body);
	sealed = get16(f->body + 2);
	if (nonce == 0 || sealed < SIV_TAG || sealed - SIV_TAG > sizeof(plain) ||
	    LENGTHS + padded(nonce) + padded(sealed) > f->n)
		return PACKET_FIELDS;
	parts[1] = (struct siv_part){ f->body + LENGTHS, nonce };
	if (!siv_open(s2c, parts, 2, f->body + LENGTHS + padded(nonce), sealed - SIV_TAG, plain))
		return PACKET_FORGED;
	return take_cookies(plain, sealed - SIV_TAG, fresh);
}

enum packet_fault
packet_answer(const uint8_t *d, size_t n, const uint8_t id[PACKET_ID], const uint8_t s2c[SIV_KEY],
    struct ke_cookies *fresh)
{
	bool named = false;
	struct field f;

	for (size_t at = NTP_PACKET; n >= NTP_PACKET && at < n;) {
		if (!next_field(d, n, &at, FIELD_MIN, &f))
			return PACKET_FIELDS;
		if (f.type == UNIQUE_ID) {
			if (named || f.n != PACKET_ID || memcmp(f.body, id, PACKET_ID) != 0)
				return PACKET_ID_BAD;
			named = true;
		} else if (f.type == AUTHENTICATOR) {
			return named ? prove(d, &f, s2c, fresh) : PACKET_ID_BAD;
		}
	}
	return PACKET_PLAIN;
}

bool
packet_has_id(const uint8_t *d, size_t n, const uint8_t id[PACKET_ID])
{
	struct field f;

	for (size_t at = NTP_PACKET; n >= NTP_PACKET && next_field(d, n, &at, FIELD_MIN, &f);)
		if (f.type == UNIQUE_ID)
			return f.n == PACKET_ID && memcmp(f.body, id, PACKET_ID) == 0;
	return false;
}

const char *
packet_fault_words(enum packet_fault f)
{
	static const char *const words[PACKET_FAULT_N] = {
		[PACKET_OK] = "prove whose they are",
		[PACKET_FIELDS] = "hold a proof in a form that cannot be read",
		[PACKET_ID_BAD] = "answer something we did not ask",
		[PACKET_PLAIN] = "do not prove whose they are",
		[PACKET_FORGED] = "hold a wrong proof of whose they are",
	};

	return words[f];
}
