/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns rows of numbers in the blocks of a sidecar.
 */
#include "rows.h"

/* All blocks in turn. False: one could not be had. */
static bool
each_block(const struct side *f, uint64_t *v, size_t n, const uint8_t *sha, bool put)
{
	for (size_t at = 0; at < n; at += ROWS_BLOCK) {
		struct side_place place = { .chunk = at / ROWS_BLOCK,
			.record = at,
			.records = n - at < ROWS_BLOCK ? n - at : ROWS_BLOCK,
			.sha = sha };
		uint64_t *behind = v + at + place.records, kept = *behind;

		if (put)
			side_put(f, &place, v + at);
		else if (!side_get(f, &place, v + at))
			return false;
		*behind = kept; /* the room for the block's sum is the next block's first number */
	}
	return true;
}

void
rows_put(const struct side *f, uint64_t *v, size_t n, const uint8_t *sha)
{
	each_block(f, v, n, sha, true);
}

bool
rows_get(const struct side *f, uint64_t *v, size_t n, const uint8_t *sha)
{
	return each_block(f, v, n, sha, false);
}
