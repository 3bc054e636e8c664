/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the open chunk at the end of a segment.
 */
#include "tail.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool
tail_is_open(const struct segment *g)
{
	return g->tail.part.len > 0;
}

void
tail_close(struct state *s, struct segment *g)
{
	const struct tail *t = &g->tail;
	char hash[HASH_TEXT], times[96] = "", numbers[64] = "";

	if (!tail_is_open(g))
		return;
	hash_text(t->part.hash, hash);
	if (t->timed)
		snprintf(times, sizeof(times), " t0=%" PRId64 " t1=%" PRId64, t->t0, t->t1);
	if (t->numbered)
		snprintf(numbers, sizeof(numbers), " s0=%" PRIu64 " s1=%" PRIu64, t->s0, t->s1);
	state_sayf(s,
	    "fw1 chunk stream=%s seg=%" PRIu64 " off=%" PRIu64 " len=%" PRIu64 " rec=%" PRIu64
	    " sha256=%s%s%s",
	    s->id, g->id, t->part.off, t->part.len, t->records, hash, times, numbers);
	g->tail = (struct tail){ 0 };
}

void
tail_leave(struct state *s, struct segment *g, const struct tail *next, const struct tail *was)
{
	struct tail *t = &g->tail;

	tail_close(s, g);
	*t = *next;
	if (was->part.len == 0 || t->part.off != was->part.off)
		return;
	/* what was said of its first records when they were sealed */
	t->since = was->since;
	if (was->timed) {
		t->t0 = was->t0;
		t->t1 = t->timed ? t->t1 : was->t1;
		t->timed = true;
	}
	if (was->numbered) {
		t->s0 = was->s0;
		t->s1 = t->numbered ? t->s1 : was->s1;
		t->numbered = true;
	}
}

struct tail
tail_reopen(struct state *s, struct segment *g)
{
	struct tail was = g->tail;

	if (was.part.len == 0)
		return was;
	g->tail = (struct tail){ 0 };
	g->sealed = was.part.off;
	g->records -= was.records;
	s->records -= was.records;
	g->chunks--;
	if (g->sided > g->chunks)
		g->sided = g->chunks;
	return was;
}
