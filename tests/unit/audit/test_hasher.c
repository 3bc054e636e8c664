/* SPDX-License-Identifier: Apache-2.0
 *
 * Chunks that two threads hash, with a second block begun before the first is waited for: each has
 * the hash that it has alone, whatever the sizes.
 */
#include "probes/audit/hasher.h"

#include "tests/dice.h"
#include "tests/t.h"

#include <stdlib.h>
#include <string.h>

#define ROOM ((size_t)2 << 20)
#define ROUNDS 60

/* A block of random chunks, perhaps of none. */
static void
fill(struct dice *d, struct hashed_block *b)
{
	size_t n = dice_u64(d) % 34, len = 1 + dice_u64(d) % (ROOM / 34);

	b->n = b->len = 0;
	for (size_t i = 0; i < n; i++) {
		b->chunk[b->n++] = (struct chunk){ .at = b->len, .len = len };
		memset(b->data + b->len, (int)(dice_u64(d) % 256), len);
		b->len += len;
	}
}

static void
judge(struct digester *d, const struct hashed_block *b, const char *row)
{
	bool same = true;

	for (size_t i = 0; i < b->n; i++) {
		uint8_t want[HASH_SIZE];

		digest_of(d, b->data + b->chunk[i].at, b->chunk[i].len, want);
		same = same && memcmp(want, b->chunk[i].hash, HASH_SIZE) == 0;
	}
	T_TRUE(row, same);
}

int
main(void)
{
	struct dice dice = { .s = 11 };
	struct err e = { 0 };
	struct digester *d = digest_new(&e);
	struct hasher *h = hasher_new(&e);
	static struct hashed_block block[HASHER_BLOCKS];

	for (size_t i = 0; i < HASHER_BLOCKS; i++)
		block[i].data = malloc(ROOM);
	if (d == NULL || h == NULL || block[0].data == NULL || block[1].data == NULL)
		abort();
	fill(&dice, &block[0]);
	hasher_start(h, &block[0]);
	for (int i = 0; i < ROUNDS; i++) {
		struct hashed_block *now = &block[i % 2], *next = &block[(i + 1) % 2];

		if (dice_u64(&dice) % 4 > 0) { /* else one at a time */
			fill(&dice, next);
			hasher_start(h, next);
			hasher_wait(h, now);
			judge(d, now, "with another one begun");
		} else {
			hasher_wait(h, now);
			judge(d, now, "alone");
			fill(&dice, next);
			hasher_start(h, next);
		}
	}
	hasher_wait(h, &block[ROUNDS % 2]);
	judge(d, &block[ROUNDS % 2], "the last one");
	hasher_free(h);
	digest_free(d);
	free(block[0].data);
	free(block[1].data);
	return t_end();
}
