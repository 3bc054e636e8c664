/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the walk over the noted chunks of a segment.
 */
#include "chunks.h"

#include "head.h"
#include "tail.h"

void
chunks_open(struct chunks *c, struct state *s, const struct segment *g)
{
	*c = (struct chunks){ .segment = g->id, .left = g->chunks };
	if (tail_is_open(g)) {
		c->tail = &g->tail;
		c->left--;
	}
	statements_open(&c->r, s, g->from);
}

void
chunks_close(struct chunks *c)
{
	statements_close(&c->r);
}

static void
count(struct chunks *c)
{
	c->index = c->next_index++;
	c->record = c->next_record;
	c->next_record += c->records;
}

int
chunks_next(struct chunks *c)
{
	while (c->left > 0) {
		struct statement st;
		uint64_t segment;
		char *line;
		size_t n;

		if (statements_next(&c->r, &line, &n) != 1 || !statement_parse(line, n, &st))
			return -1;
		if (!chunk_read(&st, &segment, &c->part, &c->records) || segment != c->segment)
			continue;
		c->left--;
		count(c);
		return 1;
	}
	if (c->tail == NULL)
		return 0;
	c->part = c->tail->part;
	c->records = c->tail->records;
	c->tail = NULL;
	count(c);
	return 1;
}

struct side_place
chunks_place(const struct chunks *c)
{
	return (struct side_place){ c->index, c->record, c->records, c->part.hash };
}
