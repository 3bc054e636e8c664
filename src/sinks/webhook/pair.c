/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the making of a pair of Ed25519 keys.
 */
#include "sinks/webhook/pair.h"

#include <openssl/evp.h>
#include <string.h>
#include <sys/random.h>

enum { HALF = 32 }; /* bytes of a seed, and of a public key */

static int
public_of(const uint8_t seed[HALF], uint8_t out[HALF], struct err *e)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, HALF);
	size_t n = HALF;
	bool ok = key != NULL && EVP_PKEY_get_raw_public_key(key, out, &n) == 1 && n == HALF;

	EVP_PKEY_free(key);
	return ok ? 0 : err_set(e, ERR_SYS, "the public key could not be made");
}

int
pair_make(char private[SECRETS_TEXT_MAX], char public[SECRETS_TEXT_MAX], struct err *e)
{
	uint8_t raw[2 * HALF];
	int rc;

	if (getrandom(raw, HALF, 0) != HALF)
		return err_sys(e, "no randomness from the kernel");
	rc = public_of(raw, raw + HALF, e);
	if (rc == 0) {
		secrets_text("whsk_", raw, sizeof(raw), private);
		secrets_text("whpk_", raw + HALF, HALF, public);
	}
	explicit_bzero(raw, sizeof(raw));
	return rc;
}
