/* SPDX-License-Identifier: Apache-2.0
 *
 * digest: SHA-256 through OpenSSL, which uses the processor's own instructions where it has them.
 * The algorithm is fetched once; a context belongs to one thread.
 */
#ifndef PROBES_AUDIT_DIGEST_H
#define PROBES_AUDIT_DIGEST_H

#include "statement.h"

#include "base/err.h"

struct digester;

struct digester *digest_new(struct err *e);
void digest_free(struct digester *d);

/* Of n bytes at once. A failure of the library ends the process: nothing true could follow. */
void digest_of(struct digester *d, const void *bytes, size_t n, uint8_t out[HASH_SIZE]);

/* Of bytes that come in pieces: begin, add as often as needed, end. Nothing else may be digested in
 * between. */
void digest_begin(struct digester *d);
void digest_add(struct digester *d, const void *bytes, size_t n);
void digest_end(struct digester *d, uint8_t out[HASH_SIZE]);

/* chain = SHA-256(chain, SHA-256(line)): what has been noted, in its order. */
void digest_chain(struct digester *d, uint8_t chain[HASH_SIZE], const void *line, size_t n);

#endif
