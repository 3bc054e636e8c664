/* SPDX-License-Identifier: Apache-2.0
 *
 * diff: which records make the difference between what was noted of a segment and a file, by its
 * sidecar. Chunks whose SHA-256 still fits, wherever they stand now, are gone past; where one does
 * not fit, its records are looked for until both are in step again.
 */
#ifndef PROBES_AUDIT_DIFF_H
#define PROBES_AUDIT_DIFF_H

#include "files.h"

#include "base/clk.h"

#define DIFF_PLACES 64 /* places that are told apart; behind them nothing is looked at */
#define DIFF_MOVED                                                                                 \
	((size_t)4096) /* records in those places that are looked for among each other             \
			*/

enum diff_class {
	DIFF_EDITED,
	DIFF_DELETED,
	DIFF_INSERTED,
	DIFF_REORDERED,
	DIFF_TRUNCATED,
	DIFF_N
};

/* One place where records of the notes gave way to records of the file. */
struct diff_place {
	enum diff_class class;
	uint64_t
	    record; /* from 1, the first that is gone; of an insertion: the one it stands before */
	uint64_t gone, come; /* records */
	uint64_t offset;     /* byte in the file as it is now */
	uint64_t come_bytes;
	bool last;      /* no noted record follows */
	size_t hash_at; /* in `hash` of the diff: of its gone records, then of those that came */
	bool hashed;    /* all of them are there */
};

struct diff {
	struct diff_place place[DIFF_PLACES];
	size_t n;
	bool more;                 /* there are more places than these */
	bool unproven;             /* records `from` to `to` could not be told apart */
	uint64_t from, to, offset; /* offset: of the first of them, as it was noted */
	uint64_t same;             /* records that are in step */
	uint64_t gone_bytes;       /* of the one place; 0: not known */
	bool unreadable;           /* -1 is due to the file, not to the notes */
	uint64_t hash[DIFF_MOVED]; /* of the records in those places */
	size_t nhash;
};

struct differ {
	struct state *s;
	struct clk *clk;
	span until; /* on clk->mono */
};

/* 1 done; 0: time ran out, *out holds what was found until then; -1 with *e: the notes (ERR_PARSE)
 * or the file cannot be read. Without a sidecar, or behind more than RESYNC_MAX records that
 * differ, the result is `unproven`. *out is large: the caller keeps it off the stack. g has chunks.
 */
int diff_run(const struct differ *d, const struct segment *g, const char *path, struct diff *out,
    struct err *e);

#endif
