/* SPDX-License-Identifier: Apache-2.0
 *
 * siv: AEAD_AES_SIV_CMAC_256 (RFC 5297; 15 in the AEAD registry) for the packets of NTS. S2V is our
 * own over the CMAC of OpenSSL: its AES-SIV gives a tag of zeros for an empty plaintext, which is
 * what every request of NTS has. Deterministic; nothing but memory is touched.
 */
#ifndef NTS_SIV_H
#define NTS_SIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIV_KEY 32 /* bytes: the first half for S2V, the second for CTR */
#define SIV_TAG 16
#define SIV_PARTS_MAX 8

/* One part of what is authenticated and not encrypted; a nonce is the last of them. */
struct siv_part {
	const uint8_t *bytes;
	size_t n;
};

/* Writes the tag and then the n bytes encrypted to out (SIV_TAG + n). false: OpenSSL has no memory,
 * or too many parts. */
bool siv_seal(const uint8_t key[SIV_KEY], const struct siv_part *parts, size_t nparts,
    const uint8_t *plain, size_t n, uint8_t *out);

/* Of a tag with n bytes behind it, decrypted to out (n). false: the tag is not theirs; then out
 * holds nothing of use. */
bool siv_open(const uint8_t key[SIV_KEY], const struct siv_part *parts, size_t nparts,
    const uint8_t *sealed, size_t n, uint8_t *out);

#endif
