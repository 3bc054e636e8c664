/* SPDX-License-Identifier: Apache-2.0
 *
 * table: a trail that is a table of an SQLite database: ranges of rows by their rowid take the
 * place of chunks. The database is opened for reading only, and locked for as long as one range is
 * read.
 *
 * In the notes: "fw1 rows stream= part= first= last= rec= sha256=": rows that were sealed, with the
 * SHA-256 over their values (table_read.h), the hashes of the single rows in the sidecar (side.h),
 * two for a row: its rowid and its hash. "fw1 object stream= kind= name= sha256=": the statement
 * that made the table or a trigger of it. ID.tail holds such a rows statement for the newest rows,
 * and is written anew until these make a part.
 */
#ifndef PROBES_AUDIT_TABLE_H
#define PROBES_AUDIT_TABLE_H

#include "audit.h"

#include "probes/probe.h"

#include "digest.h"
#include "side.h"

#define TABLE_PART_ROWS 1000                /* rows of a part */
#define TABLE_PART_BYTES ((size_t)64 << 10) /* or so many bytes of their values */
#define TABLE_ROW ((size_t)16 << 20)        /* bytes of one row that are read */
#define TABLE_MEMORY ((int64_t)64 << 20)    /* bytes that SQLite may take */
#define TABLE_PARTS_MAX 1000000             /* of one table */
#define TABLE_OBJECTS_MAX 256               /* of one table: itself and its triggers */
#define TABLE_NAME 255                      /* bytes of the name of a trigger that are noted */

#define TABLE_MARK ".tail" /* ending of the notes that a text log does not have */

/* Whether a file whose first n bytes these are is such a trail: it begins as an SQLite database
 * does. Pure. */
bool table_begins(const char *start, size_t n);

/* conf->paths.v[path]: looks at it and tells of it. key: NULL, single rows are not told apart.
 * False: it was a text log when it was noted, so it is for those who know text logs. */
bool table_look(const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path,
    const struct side_key *key, struct digester *d);

#endif
