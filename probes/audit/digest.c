/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the SHA-256 of OpenSSL, fetched once.
 */
#include "digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct digester {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
};

struct digester *
digest_new(struct err *e)
{
	struct digester *d = calloc(1, sizeof(*d));

	/* no engine, no error texts, no file of settings: a quiet log costs no more than its look
	 */
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
				OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
				OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
	    NULL);
	if (d != NULL) {
		d->md = EVP_MD_fetch(NULL, "SHA256", NULL);
		d->ctx = EVP_MD_CTX_new();
	}
	if (d == NULL || d->md == NULL || d->ctx == NULL) {
		err_set(e, ERR_SYS, "SHA-256 is not to be had from OpenSSL");
		digest_free(d);
		return NULL;
	}
	return d;
}

void
digest_free(struct digester *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->ctx);
	EVP_MD_free(d->md);
	free(d);
}

/* Nothing true could follow. */
static void
must(int rc)
{
	if (rc == 1)
		return;
	fprintf(stderr, "SHA-256 failed\n");
	_exit(EX_SOFTWARE);
}

void
digest_begin(struct digester *d)
{
	must(EVP_DigestInit_ex2(d->ctx, d->md, NULL));
}

void
digest_add(struct digester *d, const void *bytes, size_t n)
{
	must(EVP_DigestUpdate(d->ctx, bytes, n));
}

void
digest_end(struct digester *d, uint8_t out[HASH_SIZE])
{
	must(EVP_DigestFinal_ex(d->ctx, out, NULL));
}

void
digest_of(struct digester *d, const void *bytes, size_t n, uint8_t out[HASH_SIZE])
{
	digest_begin(d);
	digest_add(d, bytes, n);
	digest_end(d, out);
}

void
digest_chain(struct digester *d, uint8_t chain[HASH_SIZE], const void *line, size_t n)
{
	uint8_t both[2 * HASH_SIZE];

	memcpy(both, chain, HASH_SIZE);
	digest_of(d, line, n, both + HASH_SIZE);
	digest_of(d, both, sizeof(both), chain);
}
