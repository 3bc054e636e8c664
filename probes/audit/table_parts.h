/* SPDX-License-Identifier: Apache-2.0
 *
 * table_parts: the rows of a table in parts: what is noted of each, and whether it still is so.
 */
#ifndef PROBES_AUDIT_TABLE_PARTS_H
#define PROBES_AUDIT_TABLE_PARTS_H

#include "side.h"
#include "table_read.h"

/* The table itself, or a trigger of it. */
struct table_object {
	const char *kind, *name;
	uint8_t hash[HASH_SIZE]; /* of the statement that made it */
	bool noted, here;
};

/* The rows behind those of the part before, up to `last`. */
struct table_part {
	int64_t first, last; /* rowids of its first and of its last row, when it was noted */
	uint64_t rec;        /* rows */
	uint64_t before;     /* rows in the parts before it */
	uint8_t hash[HASH_SIZE];
	bool flawed; /* it is not as it was noted */
};

struct table_notes;

/* Part i is not as it was noted. rows[2 * k] and rows[2 * k + 1] are rowid and hash of its row k as
 * it is now, nrows of them; hash: over their values now. */
typedef void part_changed(
    struct table_notes *n, size_t i, const uint64_t *rows, size_t nrows, const uint8_t *hash);

struct table_notes {
	struct trail *t;
	struct side side;
	const char *name; /* of the table, once it was found */
	struct table_object *objects;
	size_t nobjects;
	struct table_part *parts;
	size_t nparts, parts_cap;
	bool tail; /* the last part is still growing: it stands in ID.tail, not in the statements */
};

void parts_take(struct table_notes *n, const struct statement *st);
/* The rows that made no part yet. */
void parts_take_tail(struct table_notes *n);

/* Reads the rows of part i again, and calls changed if they are not as they were. 1; 0: time is
 * over; -1 with *e.
 */
int part_compare(
    struct table_notes *n, struct table *b, size_t i, part_changed *changed, struct err *e);

/* Notes the rows that are new. 1; 0: time is over; -1 with *e. */
int parts_seal(struct table_notes *n, struct table *b, struct err *e);

/* The noted rowid and hash of each row of a part, two numbers a row; NULL: not known. */
const uint64_t *part_rows(const struct table_notes *n, size_t i);

#endif
