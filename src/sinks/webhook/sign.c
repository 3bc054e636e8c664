/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns keys that are ready to sign, and the header with the signatures.
 */
#include "sinks/webhook/sign.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PREFIX_MAX 128 /* id "." timestamp "." */
#define MESSAGE_MAX (PREFIX_MAX + 65536)

static int
add_secret(struct sign_keys *k, const char *s, size_t n, struct err *e)
{
	struct secret *key = &k->hmac[k->nhmac];

	if (k->nhmac == SIGN_SECRETS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d secrets", SIGN_SECRETS_MAX);
	if (secret_room(key, SIGN_SECRET_LONGEST, e) < 0)
		return -1;
	if (secrets_hmac(s, n, (uint8_t *)key->text, &key->len, e) < 0) {
		secret_free(key);
		return -1;
	}
	k->nhmac++;
	return 0;
}

static int
add_line(void *self, const char *s, size_t n, struct err *e)
{
	return add_secret(self, s, n, e);
}

int
sign_add_secrets(struct sign_keys *k, const char *text, struct err *e)
{
	return secrets_each_line(text, add_line, k, e);
}

int
sign_set_key(struct sign_keys *k, const char *text, struct err *e)
{
	uint8_t raw[SECRETS_KEY_MAX], public[32];
	size_t len = 0, public_len = sizeof(public);
	EVP_PKEY *key = NULL;
	int rc = secrets_key(text, raw, &len, e);

	if (rc == 0)
		key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, raw, 32);
	if (rc == 0 && key == NULL)
		rc = err_set(e, ERR_SYS, "the key could not be made");
	else if (rc == 0 && (EVP_PKEY_get_raw_public_key(key, public, &public_len) != 1 ||
				(len == 64 && memcmp(public, raw + 32, 32) != 0)))
		rc = err_set(e, ERR_PARSE, "has a public key that is not of its seed");
	explicit_bzero(raw, sizeof(raw));
	if (rc < 0) {
		EVP_PKEY_free(key);
		return rc;
	}
	EVP_PKEY_free(k->ed25519);
	k->ed25519 = key;
	return 0;
}

static char *
put(char *at, const char *version, const uint8_t *bytes, int n, bool first)
{
	if (!first)
		*at++ = ' ';
	at = stpcpy(at, version);
	return at + EVP_EncodeBlock((unsigned char *)at, bytes, n);
}

static int
sign_all(const struct sign_keys *k, const uint8_t *msg, size_t len, char *out)
{
	EVP_MD_CTX *ctx;
	uint8_t sig[64];
	size_t nsig = sizeof(sig);
	unsigned n = 0;
	int ok;

	for (size_t i = 0; i < k->nhmac; i++) {
		const struct secret *s = &k->hmac[i];

		if (HMAC(EVP_sha256(), s->text, (int)s->len, msg, len, sig, &n) == NULL)
			return -1;
		out = put(out, "v1,", sig, (int)n, i == 0);
	}
	if (k->ed25519 == NULL)
		return 0;
	ctx = EVP_MD_CTX_new();
	ok = ctx != NULL && EVP_DigestSignInit(ctx, NULL, NULL, NULL, k->ed25519) == 1 &&
	     EVP_DigestSign(ctx, sig, &nsig, msg, len) == 1;
	EVP_MD_CTX_free(ctx);
	if (!ok)
		return -1;
	put(out, "v1a,", sig, (int)nsig, k->nhmac == 0);
	return 0;
}

int
sign_header(const struct sign_keys *k, const char *id, int64_t timestamp, const char *body,
    size_t len, char out[SIGN_HEADER_MAX], struct err *e)
{
	static uint8_t msg[MESSAGE_MAX];
	int n = snprintf((char *)msg, PREFIX_MAX, "%s.%" PRId64 ".", id, timestamp);

	out[0] = '\0';
	if (n < 0 || n >= PREFIX_MAX || len > sizeof(msg) - (size_t)n)
		return err_set(e, ERR_LIMIT, "a letter too long to sign");
	memcpy(msg + n, body, len);
	if (sign_all(k, msg, (size_t)n + len, out) < 0)
		return err_set(e, ERR_SYS, "the signature could not be made");
	return 0;
}

void
sign_fini(struct sign_keys *k)
{
	for (size_t i = 0; i < k->nhmac; i++)
		secret_free(&k->hmac[i]);
	EVP_PKEY_free(k->ed25519);
	*k = (struct sign_keys){ 0 };
}
