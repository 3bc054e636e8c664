/* SPDX-License-Identifier: Apache-2.0
 *
 * packet: requests and answers of NTP with the extension fields of NTS (RFC 8915, 5). Pure but for
 * the cipher.
 */
#ifndef NTS_PACKET_H
#define NTS_PACKET_H

#include "ke.h"
#include "siv.h"

#include "probes/clock/ntp.h"

#define PACKET_ID 32
#define PACKET_REQUEST_MAX (NTP_PACKET + 4 + PACKET_ID + 4 + KE_COOKIE_MAX + 40)

enum packet_fault {
	PACKET_OK,
	PACKET_FIELDS, /* a field that is malformed */
	PACKET_ID_BAD, /* the identifier of our request is not in it, or another */
	PACKET_PLAIN,  /* nothing proves whose it is */
	PACKET_FORGED, /* the proof is wrong */
	PACKET_FAULT_N
};

/* A request with that cookie. Its length, or 0: no memory. nonce: 16 random bytes. */
size_t packet_request(uint8_t out[PACKET_REQUEST_MAX], uint64_t origin, const uint8_t id[PACKET_ID],
    const uint8_t *cookie, size_t ncookie, const uint8_t nonce[16], const uint8_t c2s[SIV_KEY]);

/* Whether an answer proves that the server of s2c made it to the request of `id`; new cookies are
 * taken from its encrypted part only, and nothing behind the proof is read. */
enum packet_fault packet_answer(const uint8_t *data, size_t n, const uint8_t id[PACKET_ID],
    const uint8_t s2c[SIV_KEY], struct ke_cookies *fresh);

/* Whether an answer repeats the identifier: all that a refusal (NTSN) can prove. */
bool packet_has_id(const uint8_t *data, size_t n, const uint8_t id[PACKET_ID]);

/* In words that go on from "gives answers that". */
const char *packet_fault_words(enum packet_fault f);

#endif
