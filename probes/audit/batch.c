/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bytes of noted parts that are hashed together.
 */
#include "batch.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct batch *
batch_new(void)
{
	struct batch *b = memory_or_end(calloc(1, sizeof(*b)), "a comparison");

	b->block.data = memory_or_end(malloc(BATCH_ROOM), "a comparison");
	return b;
}

void
batch_free(struct batch *b)
{
	if (b != NULL)
		free(b->block.data);
	free(b);
}

void
batch_clear(struct batch *b)
{
	b->block.n = b->block.len = 0;
}

bool
batch_takes(const struct batch *b, const struct part *p)
{
	return b->block.n < HASHER_CHUNKS && p->len <= BATCH_ROOM - b->block.len;
}

void
batch_add(struct batch *b, struct source *src, const struct part *p)
{
	struct hashed_block *k = &b->block;
	size_t len = (size_t)p->len;
	bool there = source_seek(src, p->off, NULL) == 0 &&
		     source_read(src, k->data + k->len, len, NULL) == (ssize_t)len;

	memcpy(b->noted[k->n], p->hash, HASH_SIZE);
	b->there[k->n] = there;
	k->chunk[k->n++] = (struct chunk){ .at = k->len, .len = there ? len : 0 };
	k->len += there ? len : 0;
}

void
batch_is(const struct batch *b, size_t i, uint8_t is[HASH_SIZE])
{
	if (b->there[i])
		memcpy(is, b->block.chunk[i].hash, HASH_SIZE);
	else
		memset(is, 0, HASH_SIZE);
}
