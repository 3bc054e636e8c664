/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns keys, and the header with the signatures.
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
digit(char c)
{
	static const char all[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c != '\0' ? strchr(all, c) : NULL;

	return at != NULL ? (int)(at - all) : -1;
}

/* n characters of base64 (RFC 4648, 4), padding optional, into at most max bytes; -1 when they are
 * not that. */
static int
decode(const char *s, size_t n, uint8_t *out, size_t max, size_t *len)
{
	uint32_t bits = 0;
	int have = 0;

	while (n > 0 && s[n - 1] == '=')
		n--;
	*len = 0;
	if (n % 4 == 1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int d = digit(s[i]);

		if (d < 0)
			return -1;
		bits = bits << 6 | (uint32_t)d;
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		if (*len == max)
			return -1;
		out[(*len)++] = (uint8_t)(bits >> have);
		bits &= (1U << have) - 1;
	}
	return bits == 0 ? 0 : -1;
}

static int
add_secret(struct sign_keys *k, const char *s, size_t n, struct err *e)
{
	static const char head[] = "whsec_";
	struct secret *key = &k->hmac[k->nhmac];

	if (k->nhmac == SIGN_SECRETS_MAX)
		return err_set(e, ERR_LIMIT, "more than %d secrets", SIGN_SECRETS_MAX);
	if (n > sizeof(head) - 1 && memcmp(s, head, sizeof(head) - 1) == 0) {
		s += sizeof(head) - 1;
		n -= sizeof(head) - 1;
	}
	if (secret_room(key, SIGN_SECRET_LONGEST, e) < 0)
		return -1;
	if (decode(s, n, (uint8_t *)key->text, SIGN_SECRET_LONGEST, &key->len) < 0 ||
	    key->len < SIGN_SECRET_MIN) {
		secret_free(key);
		return err_set(e, ERR_PARSE, "is not whsec_ and the base64 of %d to %d bytes",
		    SIGN_SECRET_MIN, SIGN_SECRET_LONGEST);
	}
	k->nhmac++;
	return 0;
}

int
sign_add_secrets(struct sign_keys *k, const char *text, struct err *e)
{
	int line = 0;

	for (;;) {
		size_t n = strcspn(text, "\n"), used;

		line++;
		for (used = n; used > 0 && strchr(" \t\r", text[used - 1]) != NULL; used--)
			;
		if (used > 0 && add_secret(k, text, used, e) < 0)
			return err_wrap(e, "line %d", line);
		if (text[n] == '\0')
			break;
		text += n + 1;
	}
	return k->nhmac > 0 ? 0 : err_set(e, ERR_PARSE, "holds no secret");
}

int
sign_set_key(struct sign_keys *k, const char *text, struct err *e)
{
	static const char head[] = "whsk_";
	uint8_t raw[64], public[32];
	size_t len = 0, n = strcspn(text, " \t\r\n"), public_len = sizeof(public);
	EVP_PKEY *key = NULL;
	int rc = 0;

	if (n > sizeof(head) - 1 && memcmp(text, head, sizeof(head) - 1) == 0 &&
	    decode(text + sizeof(head) - 1, n - (sizeof(head) - 1), raw, sizeof(raw), &len) == 0 &&
	    (len == 32 || len == 64))
		key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, raw, 32);
	if (key == NULL)
		rc = err_set(e, ERR_PARSE,
		    "is not whsk_ and the base64 of an Ed25519 seed with its public key");
	else if (EVP_PKEY_get_raw_public_key(key, public, &public_len) != 1 ||
		 (len == 64 && memcmp(public, raw + 32, 32) != 0))
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
