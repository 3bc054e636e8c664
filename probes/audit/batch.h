/* SPDX-License-Identifier: Apache-2.0
 *
 * batch: noted parts of one file, read together, so that two threads can hash them (hasher.h).
 * Blocks on the disk.
 */
#ifndef PROBES_AUDIT_BATCH_H
#define PROBES_AUDIT_BATCH_H

#include "hasher.h"
#include "source.h"

#define BATCH_ROOM AUDIT_RECORD /* bytes: no part is longer (head.c, statement.c) */

struct batch {
	struct hashed_block block; /* a chunk a part, in the order in which they came */
	uint8_t noted[HASHER_CHUNKS][HASH_SIZE]; /* the parts' hashes */
	bool there[HASHER_CHUNKS];               /* all bytes of the part could be read */
};

struct batch *batch_new(void);
void batch_free(struct batch *b);
void batch_clear(struct batch *b);

/* One more part fits in; always when there is none. */
bool batch_takes(const struct batch *b, const struct part *p);
/* Reads its bytes. */
void batch_add(struct batch *b, struct source *src, const struct part *p);

/* What stands in the file in place of part i now: after hasher_wait. Zeros: it cannot be read. */
void batch_is(const struct batch *b, size_t i, uint8_t is[HASH_SIZE]);

#endif
