/* SPDX-License-Identifier: Apache-2.0
 *
 * sign: the signatures of Standard Webhooks 1.0 over `id "." timestamp "." body`: "v1," and the
 * base64 of an HMAC-SHA256 a secret, "v1a," and the base64 of an Ed25519 signature (RFC 8032), all
 * in one header, separated by spaces. Key bytes lie in memory that is wiped (cell/secret).
 */
#ifndef SINKS_WEBHOOK_SIGN_H
#define SINKS_WEBHOOK_SIGN_H

#include "cell/secret.h"
#include "sinks/webhook/secrets.h"

#define SIGN_HEADER_MAX (SIGN_SECRETS_MAX * 48 + 92 + 1) /* bytes with its NUL */

struct sign_keys {
	struct secret hmac[SIGN_SECRETS_MAX];
	size_t nhmac;
	void *ed25519; /* EVP_PKEY; NULL: none */
};

/* One secret a line, base64 after an optional "whsec_". -1 with *e set, never with key bytes. */
int sign_add_secrets(struct sign_keys *k, const char *text, struct err *e);

/* "whsk_" and the base64 of seed and public key (64 bytes), or of the seed alone (32). */
int sign_set_key(struct sign_keys *k, const char *text, struct err *e);

/* The value of webhook-signature; "" without keys. -1 only when the library fails. */
int sign_header(const struct sign_keys *k, const char *id, int64_t timestamp, const char *body,
    size_t len, char out[SIGN_HEADER_MAX], struct err *e);

void sign_fini(struct sign_keys *k);

#endif
