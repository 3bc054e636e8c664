/* SPDX-License-Identifier: Apache-2.0
 *
 * compare: whether bytes that were noted are still those in a file.
 */
#ifndef PROBES_AUDIT_COMPARE_H
#define PROBES_AUDIT_COMPARE_H

#include "batch.h"
#include "files.h"

#include "base/clk.h"

/* The file holds the segment's first and last chunk where they were: it is the same text, perhaps
 * longer. A segment without chunks is known by nothing but the file itself. false also when it
 * cannot be read. */
bool compare_ends(struct state *s, const struct segment *g, const struct file *f);

/* The same first record, so that a log that was changed everywhere is not taken for another one. */
bool compare_first_record(struct state *s, const struct segment *g, const struct file *f);

/* The bytes of a part that was just compared, so that they need not be read twice; NULL: they are
 * not at hand. Borrowed until the next comparison. */
const char *compare_kept(const struct hints *file, const struct part *p);

/* What a walk over the notes found different in one segment; diff.h tells what it is. */
struct difference {
	uint64_t chunks, same;   /* that differ; that do not */
	uint8_t form[HASH_SIZE]; /* a chained hash of what stands in the chunks that differ */
};

struct comparer {
	struct state *s;
	struct clk *clk;
	span until;
	/* Called at the end of each segment that was compared. all: from its first chunk on. */
	void (*found)(void *self, struct segment *g, const struct difference *d, bool all);
	void *self;
	/* set when a file could not be opened */
	const char *unreadable;
	struct err why;
	/* compare.c's; zeros at first */
	struct hasher *hasher;
	struct batch *batch[2]; /* the one that is filled; the one that is hashed */
};

void comparer_fini(struct comparer *c);

/* All noted chunks of one segment against its file. 1 done, 0 time ran out, -1 with *e. */
int compare_segment(struct comparer *c, struct segment *g, struct err *e);

/* All segments, going on where the last run came to (s->cursor). 1: all done and the notes
 * themselves are sound; 0: time ran out, s->cursor says where; -1 with *e: code ERR_PARSE: the
 * notes are damaged. */
int compare_all(struct comparer *c, struct err *e);

#endif
