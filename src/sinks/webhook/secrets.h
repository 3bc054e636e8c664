/* SPDX-License-Identifier: Apache-2.0
 *
 * secrets: what may stand in the files of a webhook's secrets. Pure; no message has key bytes.
 */
#ifndef SINKS_WEBHOOK_SECRETS_H
#define SINKS_WEBHOOK_SECRETS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGN_SECRETS_MAX 4 /* in force at once, while one is changed */
#define SECRETS_KEY_MAX 64 /* bytes: an Ed25519 seed and its public key */

enum { SIGN_SECRET_MIN = 24, SIGN_SECRET_LONGEST = 64 }; /* bytes, of the specification */

/* One secret, base64 after an optional "whsec_", into SIGN_SECRET_LONGEST bytes. */
int secrets_hmac(const char *s, size_t n, uint8_t *out, size_t *len, struct err *e);
/* Calls use for each line that has something; none is an error. */
int secrets_each_line(const char *text,
    int (*use)(void *self, const char *s, size_t n, struct err *e), void *self, struct err *e);
/* "whsk_" and the base64 of seed and public key (64 bytes), or of the seed alone (32). */
int secrets_key(const char *text, uint8_t out[SECRETS_KEY_MAX], size_t *len, struct err *e);
/* A token that goes into a header line: one word of what ASCII shows. */
int secrets_bearer(const char *text, struct err *e);
/* A routing key: letters and digits in practice; what JSON would have to escape is none. */
int secrets_routing(const char *text, struct err *e);

#define SECRETS_TEXT_MAX 104 /* bytes with its NUL: 64 bytes in base64 and the word before it */

/* The word ("whsec_", "whsk_", "whpk_") and n bytes (at most 64) in base64 (RFC 4648, 4). */
void secrets_text(const char *word, const uint8_t *bytes, size_t n, char out[SECRETS_TEXT_MAX]);

/* Is the text what the option of that name wants? */
int secrets_check(const char *opt, const char *text, struct err *e);

#endif
