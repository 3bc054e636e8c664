/* SPDX-License-Identifier: Apache-2.0
 *
 * ring_private: a log that keeps only its newest records, while it is looked at.
 */
#ifndef PROBES_AUDIT_RING_PRIVATE_H
#define PROBES_AUDIT_RING_PRIVATE_H

#include "ring_fit.h"
#include "trail.h"

enum torn_kind {
	TORN_CHANGED,
	TORN_DELETED,
	TORN_INSERTED,
	TORN_HEADER, /* the line that names the columns */
	TORN_EARLY,  /* left before the retention rule lets it */
	TORN_NOTES,  /* the hashes of single records are gone */
	TORN_KINDS
};

/* One thing that was found. */
struct torn {
	enum torn_kind kind;
	instant at;
	uint64_t record, count, others; /* record: from 1, counted since the first look; 0: none */
	span age;                       /* TORN_EARLY: of the newest that left */
};

struct ring_records {
	size_t n, bytes;
	uint64_t *hash,
	    *time;       /* time: instant of the record, or when it was first seen; 0: not known */
	uint64_t header; /* hash of the line that names the columns; 0: there is none */
	uint8_t sha[HASH_SIZE];
};

struct ring {
	struct trail *t;
	const struct side_key *key;
	struct regex *regex;
	struct arena *text; /* the bytes of the file as it was read last */
	struct ring_records old, now;
	uint64_t side, front; /* of the notes */
	bool noted;
	struct torn *torn;
	size_t ntorn, torn_cap;
};

/* A statement that ring_tell has made; false: it is none. */
bool ring_take_torn(struct ring *x, const struct statement *st);
/* Notes one thing more. */
void ring_tear(struct ring *x, const struct torn *torn);
/* Tells all that nobody has accepted. */
void ring_tell(struct ring *x);

#endif
