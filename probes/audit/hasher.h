/* SPDX-License-Identifier: Apache-2.0
 *
 * hasher: SHA-256 of the chunks of one block, on a thread of its own while the caller does
 * something else: looks at the records of the same block, reads the next one. When the caller
 * waits, it hashes what is left: both threads end together. Small blocks are hashed without the
 * second thread.
 */
#ifndef PROBES_AUDIT_HASHER_H
#define PROBES_AUDIT_HASHER_H

#include "digest.h"

#define HASHER_CHUNKS 128
#define HASHER_ALONE ((size_t)512 << 10) /* bytes that are not worth a thread */

struct chunk {
	size_t at, len;          /* in the block */
	uint8_t hash[HASH_SIZE]; /* the hasher's until hasher_wait, then the caller's */
};

struct hashed_block {
	char *data;
	size_t len;
	struct chunk chunk[HASHER_CHUNKS];
	size_t n;
	size_t begun, done; /* chunks; the hasher's */
};

struct hasher;

/* NULL with *e set. */
struct hasher *hasher_new(struct err *e);
void hasher_free(struct hasher *h);

/* Begins; the chunks and their bytes stay as they are until hasher_wait. At most HASHER_BLOCKS that
 * are not waited for, waited for in the order in which they were begun. */
#define HASHER_BLOCKS 2
void hasher_start(struct hasher *h, struct hashed_block *b);
void hasher_wait(struct hasher *h, struct hashed_block *b);

#endif
