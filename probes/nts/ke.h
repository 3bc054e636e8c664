/* SPDX-License-Identifier: Apache-2.0
 *
 * ke: the records of the key exchange (RFC 8915, 4), as they go over TLS. Pure.
 */
#ifndef NTS_KE_H
#define NTS_KE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KE_PORT 4460                 /* RFC 8915, 6 */
#define KE_REQUEST 16                /* bytes of ours */
#define KE_ANSWER_MAX ((size_t)8192) /* bytes of theirs */
#define KE_COOKIES_MAX 8             /* RFC 8915, 5.7: as many as a client should keep */
#define KE_COOKIE_MAX 256 /* bytes; a multiple of 4, for it goes into an extension field */
#define KE_SERVER_MAX 253

struct ke_cookies {
	size_t n;
	struct {
		size_t n;
		uint8_t bytes[KE_COOKIE_MAX];
	} v[KE_COOKIES_MAX];
};

enum ke_fault {
	KE_OK,
	KE_MORE,     /* the end record has not come yet */
	KE_LONG,     /* KE_ANSWER_MAX bytes and no end */
	KE_RECORD,   /* a record that is malformed, twice there, or behind the end */
	KE_CRITICAL, /* one that we do not know and may not pass over */
	KE_ERROR,    /* the server says that it cannot (RFC 8915, 4.1.3) */
	KE_WARNING,  /* it warns, and no warning is defined so far (4.1.4) */
	KE_PROTOCOL, /* it does not give NTPv4 */
	KE_AEAD,     /* it does not take AEAD_AES_SIV_CMAC_256 */
	KE_COOKIES,  /* it gives no cookie, or one that fits into no packet */
	KE_FAULT_N
};

struct ke {
	struct ke_cookies cookies;
	char server[KE_SERVER_MAX + 1]; /* who is asked for the time; "": the same */
	uint16_t port;                  /* 0: 123 */
	bool protocol, aead;            /* these records came */
};

void ke_request(uint8_t out[KE_REQUEST]);

/* Of the n bytes that came so far. *out is to be used for KE_OK. */
enum ke_fault ke_parse(const uint8_t *data, size_t n, struct ke *out);

/* Keeps a cookie; false: it fits into no packet. More than KE_COOKIES_MAX are let go. */
bool ke_keep(struct ke_cookies *c, const uint8_t *bytes, size_t n);

/* In words that go on after the name of the server. */
const char *ke_fault_words(enum ke_fault f);

#endif
