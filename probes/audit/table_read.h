/* SPDX-License-Identifier: Apache-2.0
 *
 * table_read: the rows of one table of an SQLite database, in the order of their rowid. Nothing is
 * written: neither to the database nor beside it.
 *
 * The values of a row as they are hashed, one after another: i and 8 bytes for an integer, f and 8
 * bytes for a real number, n for NULL; t for text and b for a blob, each with 8 bytes of length and
 * the bytes. Numbers have their lowest byte first. The rowid is in it only where it is a column.
 */
#ifndef PROBES_AUDIT_TABLE_READ_H
#define PROBES_AUDIT_TABLE_READ_H

#include "sqlib.h"
#include "trail.h"

#include "base/str.h"

struct table {
	const struct sqlib *lib;
	sqlite3 *db;
	sqlite3_stmt *rows;
	const char *name;  /* of the table */
	bool counts;       /* AUTOINCREMENT: no rowid is ever given twice */
	uint64_t given;    /* the highest rowid that was given; 0: not known */
	struct str values; /* of the row that was read last */
	const struct trail *t;
};

/* Opens the database and finds the table: the one of that name, or with NULL the only one whose
 * name has "audit" in it. -1 with *e: it is no database, is being written to and cannot be read
 * now, or which table is meant is not clear. table_close is due in any case. */
int table_open(
    struct table *b, const struct trail *t, const char *path, const char *name, struct err *e);
void table_close(struct table *b);

/* The statements that made the table and its triggers: 1 with *kind, *name and *sql, borrowed until
 * the next call; 0: no more; -1 with *e. Begin with *st NULL. */
int table_objects(struct table *b, sqlite3_stmt **st, const char **kind, const char **name,
    const char **sql, struct err *e);

/* Rows with a rowid from first to last. */
int table_rows(struct table *b, int64_t first, int64_t last, struct err *e);
/* 1: a row, its rowid and (b->values) its values; 0: no more; -1 with *e. */
int table_next(struct table *b, int64_t *rowid, struct err *e);
/* Lets go of the lock; before another range. */
void table_rest(struct table *b);

#endif
