/* SPDX-License-Identifier: Apache-2.0
 *
 * hasher: SHA-256 of the chunks of one block, and the hashes of their records for the sidecar, on a
 * thread of its own while the caller looks at the records of the same block. When the caller waits,
 * it hashes what is left: both threads end together. Small blocks are hashed without the second
 * thread.
 */
#ifndef PROBES_AUDIT_HASHER_H
#define PROBES_AUDIT_HASHER_H

#include "digest.h"
#include "side.h"

#define HASHER_CHUNKS 128
#define HASHER_ALONE ((size_t)512 << 10) /* bytes that are not worth a thread */

struct chunk {
	size_t at, len; /* in the block */
	uint8_t hash[HASH_SIZE];
	size_t side_at, side_n; /* its records' hashes in `side` of the block, with room for one
				   more behind them; side_n 0: it has none */
};

struct hashed_block {
	char *data;
	size_t len;
	struct chunk chunk[HASHER_CHUNKS];
	size_t n;
	uint64_t *side; /* the hasher's until hasher_wait, then the caller's; hashed_block_fini */
};

struct hasher;

/* key: for the sidecar, borrowed; NULL: records are not hashed. NULL with *e set. */
struct hasher *hasher_new(const struct side_key *key, struct err *e);
void hasher_free(struct hasher *h);

/* Begins; the block is the hasher's until hasher_wait. One block at a time. */
void hasher_start(struct hasher *h, struct hashed_block *b);
void hasher_wait(struct hasher *h);

/* Frees what the hasher has put into it, not its data. */
void hashed_block_fini(struct hashed_block *b);

#endif
