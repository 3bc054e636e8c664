/* SPDX-License-Identifier: Apache-2.0
 *
 * chunks: the noted chunks of one segment, in their order, out of the statements.
 */
#ifndef PROBES_AUDIT_CHUNKS_H
#define PROBES_AUDIT_CHUNKS_H

#include "state.h"

struct chunks {
	struct statements r;
	uint64_t segment, left;
	const struct tail *tail; /* of the segment, while it is still to come; NULL */
	/* of the chunk that chunks_next gave */
	struct part part;
	uint64_t records;       /* in it */
	uint64_t index, record; /* chunks and records before it in the segment */
	uint64_t next_index, next_record;
};

void chunks_open(struct chunks *c, struct state *s, const struct segment *g);

void chunks_close(struct chunks *c);

/* 1: the next one; 0: no more; -1: the statements cannot be read. */
int chunks_next(struct chunks *c);

/* Where its records' hashes stand; sha is borrowed from c. */
struct side_place chunks_place(const struct chunks *c);

#endif
