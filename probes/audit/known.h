/* SPDX-License-Identifier: Apache-2.0
 *
 * known: what is known of one log (a stream): its segments, what was found in it, how its records
 * are ordered. state.h keeps it from run to run, head.h writes it as text.
 */
#ifndef PROBES_AUDIT_KNOWN_H
#define PROBES_AUDIT_KNOWN_H

#include "account.h"
#include "audit.h"
#include "digest.h"
#include "order.h"
#include "side.h"
#include "sight.h"
#include "statement.h"
#include "understood.h"
#include "testimony.h"

#include "base/arena.h"

#define STATE_ID 17
#define STATE_TEXT 512
#define STATE_BY 81 /* a name of ACCEPT_BY_MAX bytes */
#define STATE_HEAD_MAX ((size_t)32 << 20)
/* bytes of statements; the limit on files that the sandbox sets is a little more */
#define STATE_STATEMENTS_MAX ((uint64_t)480 << 20)

enum seg_state {
	SEG_ACTIVE, /* written to, under the log's own name */
	SEG_CLOSED, /* an older generation */
	SEG_LOST,   /* its bytes are in no file any more; they are looked for */
	SEG_COPY,   /* a file that matches the patterns and repeats a known generation */
	SEG_STATES
};

struct file; /* files.h */

struct hints { /* of the file it was found in; equal hints: nothing is read */
	uint64_t dev, ino, size;
	int64_t btime, mtime, changed; /* us */
};

struct part {
	uint64_t off, len;
	uint8_t hash[HASH_SIZE];
};

/* The last chunk while more may be added to it (tail.h); part.len 0: none is open. */
struct tail {
	struct part part;
	uint64_t records;
	instant since;        /* when its first bytes were sealed */
	bool timed, numbered; /* t0 to t1, s0 to s1: of its first and last record with one */
	instant t0, t1;
	uint64_t s0, s1;
};

struct segment {
	uint64_t id;
	enum seg_state state;
	const char *name; /* path where it was found last */
	struct hints hints;
	bool packed; /* packed: sealed and the chunks count unpacked bytes */
	bool whole;  /* all of the file is sealed: a closed one is read once */
	bool flawed; /* some of its bytes are not those that were noted */
	uint8_t
	    form[HASH_SIZE]; /* when flawed: of what differs, as it was found; zeros: not known */
	enum format format;
	uint64_t sealed; /* bytes in chunks */
	uint64_t held;   /* bytes of an unfinished last record behind them */
	uint64_t records, chunks;
	uint64_t sided; /* leading chunks whose records were hashed, or cannot be any more */
	uint64_t
	    base; /* bytes that were there when it was first seen; `sealed` above that grew since */
	uint64_t from;                 /* where in the statements it begins */
	instant newest;                /* when it was last written to */
	instant oldest;                /* time of the first record that has one; 0: not known */
	struct part first, last, line; /* chunks; the first record */
	struct tail tail;
	/* of this run */
	struct file *file; /* where its bytes are now; NULL: not found */
	bool recheck;      /* something about the file says: compare all of it now */
	bool out_of_order; /* came to light later: its records do not follow the last ones */
	bool fresh;        /* first seen in this run */
};

/* Something that was found; stays for the option keep. */
struct kept_finding {
	const char *rule, *key; /* of the face's tables */
	instant since;
	uint64_t segment, record, offset, count, last, bytes; /* as of finding.h */
	uint64_t number, number_last;
	char text[STATE_TEXT]; /* summary */
	uint64_t more;         /* like it, found later and only counted */
	instant again;         /* when the last of those was found; 0: none */
	/* A person said that it was meant (accept.h): it is told no more, and stays known so that
	 * the same is not found again. 0: nobody did. */
	instant accepted;
	char by[STATE_BY];
};

struct state {
	int dir;
	struct arena *arena;
	struct digester *digest;
	const struct side_key *key; /* NULL: records are not hashed */
	const char *path;
	char id[STATE_ID];
	bool known;    /* a head was there */
	bool headless; /* it is gone, and statements are there */
	uint64_t valid;
	uint8_t chain[HASH_SIZE];
	instant born, verified, grown, away; /* away: since when the log is set aside; 0 no */
	uint64_t cursor;                     /* a comparison in progress has come to here; 0 none */
	uint8_t cursor_chain[HASH_SIZE];
	uint64_t next_segment, records;
	struct order order;
	struct reading reading;
	struct account account;
	struct understood understood;
	struct testimony testimony;
	struct sights sights;
	struct segment *segs;
	size_t nsegs, segs_cap;
	struct kept_finding *found;
	size_t nfound, found_cap;
	/* of this run */
	int fd; /* the statements; -1 until needed */
	bool dirty;
	bool begun;       /* a first head was written */
	uint64_t written; /* valid and what this run has added */
	struct str pending;
};

/* A new segment at the end of the list, or before index `at`. Pointers to segments move. */
struct segment *known_add_segment(struct state *s, size_t at, const char *name);
void known_drop_segment(struct state *s, size_t i);
struct segment *known_active(const struct state *s);
/* NULL: there is none of this id (any more). */
const struct segment *known_segment(const struct state *s, uint64_t id);

/* A record of g, unless an older one had a time. o: has taken that record, and understood what year
 * a time without one is of; NULL: it has not. */
void known_date(struct segment *g, const struct record_info *info, const struct order *o);

#endif
