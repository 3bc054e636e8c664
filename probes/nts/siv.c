/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns S2V (RFC 5297, 2.4) and the counter mode around it (2.5).
 */
#include "siv.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#define BLOCK 16
#define HALF (SIV_KEY / 2)
#define REDUCE 0x87 /* of GF(2^128), RFC 5297, 2.3 */

/* One key for many CMACs. */
struct cmac {
	EVP_MAC *mac;
	EVP_MAC_CTX *keyed;
};

static bool
cmac_init(struct cmac *c, const uint8_t key[HALF])
{
	char cipher[] = "AES-128-CBC";
	const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(
					  OSSL_MAC_PARAM_CIPHER, cipher, 0),
		OSSL_PARAM_construct_end() };

	c->mac = EVP_MAC_fetch(NULL, "CMAC", NULL);
	c->keyed = c->mac != NULL ? EVP_MAC_CTX_new(c->mac) : NULL;
	return c->keyed != NULL && EVP_MAC_init(c->keyed, key, HALF, params) == 1;
}

static void
cmac_fini(struct cmac *c)
{
	EVP_MAC_CTX_free(c->keyed);
	EVP_MAC_free(c->mac);
}

/* Of two texts, one behind the other. */
static bool
cmac_of(const struct cmac *c, const uint8_t *a, size_t na, const uint8_t *b, size_t nb,
    uint8_t out[BLOCK])
{
	EVP_MAC_CTX *ctx = EVP_MAC_CTX_dup(c->keyed);
	size_t n = 0;
	bool ok = ctx != NULL && EVP_MAC_update(ctx, a, na) == 1 &&
		  (nb == 0 || EVP_MAC_update(ctx, b, nb) == 1) &&
		  EVP_MAC_final(ctx, out, &n, BLOCK) == 1 && n == BLOCK;

	EVP_MAC_CTX_free(ctx);
	return ok;
}

static void
dbl(uint8_t d[BLOCK])
{
	unsigned carry = d[0] >> 7;

	for (int i = 0; i < BLOCK - 1; i++)
		d[i] = (uint8_t)(d[i] << 1 | d[i + 1] >> 7);
	d[BLOCK - 1] = (uint8_t)(d[BLOCK - 1] << 1 ^ (carry != 0 ? REDUCE : 0));
}

static void
xor_into(uint8_t d[BLOCK], const uint8_t *with)
{
	for (int i = 0; i < BLOCK; i++)
		d[i] ^= with[i];
}

/* The last step: the text itself, with d in its last block (RFC 5297, 2.4). */
static bool
s2v_end(const struct cmac *c, uint8_t d[BLOCK], const uint8_t *text, size_t n, uint8_t out[BLOCK])
{
	uint8_t last[BLOCK] = { 0 };

	if (n >= BLOCK) {
		memcpy(last, text + n - BLOCK, BLOCK);
		xor_into(last, d);
		return cmac_of(c, text, n - BLOCK, last, BLOCK, out);
	}
	dbl(d);
	if (n > 0)
		memcpy(last, text, n);
	last[n] = 0x80;
	xor_into(last, d);
	return cmac_of(c, last, BLOCK, NULL, 0, out);
}

static bool
s2v(const uint8_t key[HALF], const struct siv_part *parts, size_t nparts, const uint8_t *text,
    size_t n, uint8_t out[BLOCK])
{
	static const uint8_t zero[BLOCK] = { 0 }, none[1] = { 0 };
	struct cmac c = { NULL, NULL };
	uint8_t d[BLOCK], part[BLOCK];
	bool ok = nparts <= SIV_PARTS_MAX && cmac_init(&c, key) &&
		  cmac_of(&c, zero, sizeof(zero), NULL, 0, d);

	for (size_t i = 0; ok && i < nparts; i++) {
		const uint8_t *bytes = parts[i].n > 0 ? parts[i].bytes : none;

		ok = cmac_of(&c, bytes, parts[i].n, NULL, 0, part);
		dbl(d);
		xor_into(d, part);
	}
	ok = ok && s2v_end(&c, d, text, n, out);
	cmac_fini(&c);
	return ok;
}

/* Encrypts or decrypts: the counter begins with the tag, two of its bits cleared. */
static bool
counter(
    const uint8_t key[HALF], const uint8_t tag[BLOCK], const uint8_t *in, size_t n, uint8_t *out)
{
	EVP_CIPHER_CTX *ctx;
	uint8_t first[BLOCK];
	int len = 0;
	bool ok;

	if (n == 0)
		return true;
	memcpy(first, tag, BLOCK);
	first[8] &= 0x7f;
	first[12] &= 0x7f;
	ctx = EVP_CIPHER_CTX_new();
	ok = ctx != NULL && EVP_EncryptInit_ex(ctx, EVP_aes_128_ctr(), NULL, key, first) == 1 &&
	     EVP_EncryptUpdate(ctx, out, &len, in, (int)n) == 1 && (size_t)len == n;
	EVP_CIPHER_CTX_free(ctx);
	return ok;
}

bool
siv_seal(const uint8_t key[SIV_KEY], const struct siv_part *parts, size_t nparts,
    const uint8_t *plain, size_t n, uint8_t *out)
{
	return s2v(key, parts, nparts, plain, n, out) &&
	       counter(key + HALF, out, plain, n, out + SIV_TAG);
}

bool
siv_open(const uint8_t key[SIV_KEY], const struct siv_part *parts, size_t nparts,
    const uint8_t *sealed, size_t n, uint8_t *out)
{
	uint8_t tag[BLOCK];

	return counter(key + HALF, sealed, sealed + SIV_TAG, n, out) &&
	       s2v(key, parts, nparts, out, n, tag) && CRYPTO_memcmp(tag, sealed, SIV_TAG) == 0;
}
