/* SPDX-License-Identifier: Apache-2.0
 *
 * keys: the exchange of keys with one server over TLS (RFC 8915, 4 and 5.1).
 */
#ifndef NTS_KEYS_H
#define NTS_KEYS_H

#include "ke.h"
#include "session.h"
#include "siv.h"

struct keys {
	uint8_t c2s[SIV_KEY], s2c[SIV_KEY];
	struct ke ke;
};

/* false: s->seen says why not. */
bool keys_exchange(struct session *s, const struct session_terms *t, struct keys *out);

/* Writes s->seen.why; false. */
__attribute__((format(printf, 2, 3))) bool keys_failed(struct session *s, const char *fmt, ...);

#endif
