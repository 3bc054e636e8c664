/* SPDX-License-Identifier: Apache-2.0
 *
 * ahead: the records of a file read ahead of where a comparison stands, as hashes with their
 * places; and the noted records of a segment, in the same way. Both only ever go forward, since a
 * packed file cannot be read backwards. Blocks on the disk.
 */
#ifndef PROBES_AUDIT_AHEAD_H
#define PROBES_AUDIT_AHEAD_H

#include "chunks.h"
#include "resync.h"
#include "source.h"

/* Records of the file. */
struct now {
	struct source src;
	const struct side_key *key;
	char *room; /* bytes that were read: [used, have) are not yet taken apart */
	size_t used, have;
	uint64_t off;           /* in the file, of room[used] */
	bool at_end;            /* no more bytes follow `have` */
	bool cut;               /* the last record of the file has no line end */
	uint64_t *hash, *place; /* of [at, n): the hash, the byte where the record begins */
	size_t at, n;
	struct err why; /* of a file that cannot be read any further; code ERR_NONE: none */
};

/* key: as of the state, borrowed. -1 with *e, and nothing to close. */
int now_open(struct now *w, const struct side_key *key, const char *path, struct err *e);
void now_close(struct now *w);

/* n bytes at where it stands, borrowed until the next call; NULL: there are not so many. Only while
 * no records wait in [at, n). n is at most AUDIT_RECORD. */
const char *now_peek(struct now *w, size_t n);
void now_skip(struct now *w, size_t n);

/* Takes the file apart until `want` records wait (at most RESYNC_MAX), or it ends. */
void now_fill(struct now *w, size_t want);
/* No record follows those that wait. */
bool now_ends(const struct now *w);
/* The byte where the k-th waiting record begins; k = their number: where the last one ends. */
uint64_t now_place(const struct now *w, size_t k);

/* Records that were noted. */
struct noted {
	struct chunks chunks;
	struct side side;
	uint64_t *hash; /* of [at, n) */
	size_t at, n;
	uint64_t record; /* number of hash[at] in the segment, from 1 */
	bool ends;       /* all chunks were taken */
	bool unproven;   /* the next chunk's block proves nothing: `chunks` stands on it */
	bool broken;     /* the statements cannot be read */
};

void noted_open(struct noted *o, struct state *s, const struct segment *g);
void noted_close(struct noted *o);

/* The next chunk, its records not taken yet: true unless `ends` or `broken`. */
bool noted_chunk(struct noted *o);
/* Takes the records of the chunk that noted_chunk went to; false: unproven. */
bool noted_take(struct noted *o);
/* Or goes past it. */
void noted_pass(struct noted *o);
/* Takes chunks until `want` records wait, or no more can be had (ends, unproven, broken). */
void noted_fill(struct noted *o, size_t want);

#endif
