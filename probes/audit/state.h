/* SPDX-License-Identifier: Apache-2.0
 *
 * state: what is known of one log (a stream) across runs: two files in the check's own folder.
 *
 * ID.statements  one statement a line, only ever appended to (seal: open, chunk, rotate, retire,
 *                gone, restored, finding); the leaves of a later tree
 * ID.head        replaced atomically; how many bytes of the statements are valid, their chain hash,
 *                and all that a run needs which finds nothing new. Ends with a hash of itself
 *
 * ID is the first half of SHA-256 of the log's path. A crash anywhere leaves the old head; what was
 * written behind its valid bytes is overwritten by the next run.
 */
#ifndef PROBES_AUDIT_STATE_H
#define PROBES_AUDIT_STATE_H

#include "audit.h"
#include "digest.h"
#include "order.h"
#include "statement.h"

#include "base/arena.h"

#define STATE_ID 17
#define STATE_HEAD_MAX ((size_t)32 << 20)
#define STATE_STATEMENTS_MAX                                                                       \
	((uint64_t)480 << 20) /* bytes; the worker's limit is a little more                        \
			       */
#define STATE_TEXT 512

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

struct segment {
	uint64_t id;
	enum seg_state state;
	const char *name; /* path where it was found last */
	struct hints hints;
	bool packed; /* gzip: sealed and the chunks count unpacked bytes */
	bool whole;  /* all of the file is sealed: a closed one is read once */
	bool flawed; /* some of its bytes are not those that were noted */
	enum format format;
	uint64_t sealed; /* bytes in chunks */
	uint64_t held;   /* bytes of an unfinished last record behind them */
	uint64_t records, chunks;
	uint64_t base;  /* of `sealed`, when it was first seen: what grew since is more */
	uint64_t from;  /* where in the statements it begins */
	instant newest; /* when it was last written to */
	struct part first, last, line; /* chunks; the first record */
	/* of this run */
	struct file *file; /* where its bytes are now; NULL: not found */
	bool recheck;      /* something about the file says: compare all of it now */
	bool out_of_order; /* came to light later: its records do not follow the last ones */
	bool fresh;        /* first seen in this run */
};

/* Something that was found; stays for the option keep. */
struct found {
	const char *rule, *key; /* of the face's tables */
	instant since;
	uint64_t segment, record, offset, count;
	char text[STATE_TEXT]; /* summary */
};

struct state {
	int dir;
	struct arena *arena;
	struct digest *digest;
	const char *path;
	char id[STATE_ID];
	bool known; /* a head was there */
	uint64_t valid;
	uint8_t chain[HASH_SIZE];
	instant born, verified, grown, away; /* away: since when the log is set aside; 0 no */
	uint64_t cursor;                     /* a comparison in progress has come to here; 0 none */
	uint8_t cursor_chain[HASH_SIZE];
	uint64_t next_segment, records;
	struct order order;
	struct segment *segs;
	size_t nsegs, segs_cap;
	struct found *found;
	size_t nfound, found_cap;
	/* of this run */
	int fd; /* the statements; -1 until needed */
	bool dirty;
	uint64_t written; /* valid and what this run has added */
	struct str pending;
};

/* Loads what is there. 0: loaded, or nothing was there (known says which); -1 with *e: what is
 * there is damaged or cannot be read (code ERR_PARSE: damaged). */
int state_load(
    struct state *s, int dir, const char *path, struct arena *a, struct digest *d, struct err *e);
void state_fini(struct state *s);

/* Puts damaged files aside and starts anew. */
int state_restart(struct state *s, struct err *e);

/* Adds a statement (without line end); a failure to write shows at state_save. */
void state_say(struct state *s, const char *line, size_t n);
__attribute__((format(printf, 2, 3))) void state_sayf(struct state *s, const char *fmt, ...);

/* Makes the statements durable, then the head. -1 with *e: the old head stands. */
int state_save(struct state *s, struct err *e);

/* A new segment at the end of the list, or before index `at`. Pointers to segments move. */
struct segment *state_segment(struct state *s, size_t at, const char *name);
void state_drop_segment(struct state *s, size_t i);
struct segment *state_active(const struct state *s);

/* Reads the statements from a place on; line ends with NUL. */
struct statements {
	struct state *s;
	uint64_t at, end; /* of the next line; of all */
	char *buf;
	size_t len, used, cap;
};
void statements_open(struct statements *r, struct state *s, uint64_t from);
/* 1: a line of *n bytes, borrowed until the next call; 0: the end; -1: cannot be read. */
int statements_next(struct statements *r, char **line, size_t *n);

/* The whole chain again: true if the statements are those the head knows. */
bool state_sound(struct state *s);

/* The head as text and back: pure, for the tests and the fuzzer. */
void head_write(const struct state *s, struct str *out);
bool head_read(struct state *s, char *text, size_t n);
/* Its lines without the last, whose hash head_read has compared. */
bool head_lines(struct state *s, char *text, size_t n);

/* One chunk statement's numbers; false when it is none. */
bool chunk_read(
    const struct statement *st, uint64_t *segment, struct part *part, uint64_t *records);

#endif
