/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns making sidecars after the sealing.
 */
#include "takeover.h"

#include "chunks.h"

#include <string.h>

static void
take_chunk(struct log *l, const struct side *side, struct source *src, const struct chunks *c)
{
	static char bytes[AUDIT_RECORD];
	static uint64_t v[SIDE_RECORDS + 1];
	struct side_place at = chunks_place(c);
	size_t len = (size_t)c->part.len;
	uint8_t hash[HASH_SIZE];

	if (source_seek(src, c->part.off, NULL) < 0 ||
	    source_read(src, bytes, len, NULL) != (ssize_t)len)
		return;
	digest_of(l->s.digest, bytes, len, hash);
	if (memcmp(hash, c->part.hash, HASH_SIZE) == 0 &&
	    side_split(side->key, bytes, len, v, SIDE_RECORDS) == c->records)
		side_put(side, &at, v);
}

static void
take_segment(struct log *l, struct segment *g)
{
	struct chunks c;
	struct source src;
	struct side side;

	if (source_open(&src, g->file->path, NULL) < 0)
		return;
	side_open(&side, l->s.key, l->s.dir, l->s.id, g->id, true);
	chunks_open(&c, &l->s, g);
	while (side.fd >= 0 && l->clk->mono(l->clk) <= l->until && chunks_next(&c) == 1) {
		if (c.index < g->sided)
			continue;
		take_chunk(l, &side, &src, &c);
		g->sided++;
		l->s.dirty = true;
	}
	chunks_close(&c);
	side_close(&side);
	source_close(&src);
}

static bool
is_there(const struct log *l, const struct segment *g)
{
	struct side side;
	bool there;

	side_open(&side, l->s.key, l->s.dir, l->s.id, g->id, false);
	there = side_reaches(&side, g->chunks, g->records);
	side_close(&side);
	return there;
}

void
takeover(struct log *l, bool look)
{
	for (size_t i = 0; i < l->s.nsegs && l->s.key != NULL; i++) {
		struct segment *g = &l->s.segs[i];

		if (g->file == NULL || (g->state != SEG_ACTIVE && g->state != SEG_CLOSED))
			continue;
		if (look && g->sided == g->chunks && g->chunks > 0 && !is_there(l, g))
			g->sided = 0;
		if (g->sided < g->chunks)
			take_segment(l, g);
	}
}

void
takeover_all(struct log *l)
{
	for (size_t i = 0; i < l->s.nsegs; i++) {
		l->s.segs[i].sided = 0;
		l->s.dirty = true;
	}
}
