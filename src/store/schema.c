/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the schema, and how an older one becomes this one. A step is never changed once it was
 * released: the next one is added behind it.
 */
#include "store/db.h"

#include <stdio.h>

static const char *const steps[STORE_VERSION] = {
	/* 1 */
	"CREATE TABLE numbers(name TEXT PRIMARY KEY, v INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE results(\"check\" TEXT PRIMARY KEY, taken INTEGER NOT NULL,"
	" valid_until INTEGER NOT NULL, took INTEGER NOT NULL, frames BLOB NOT NULL,"
	" sum INTEGER NOT NULL) STRICT;"
	"CREATE TABLE standings(fingerprint TEXT PRIMARY KEY, \"check\" TEXT NOT NULL,"
	" target TEXT NOT NULL, rule TEXT NOT NULL, standing BLOB NOT NULL, title TEXT NOT NULL,"
	" body TEXT NOT NULL, acked_by TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;"
	"CREATE INDEX standings_check ON standings(\"check\");"
	"CREATE TABLE series(id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL,"
	" metric TEXT NOT NULL, UNIQUE(fingerprint, metric)) STRICT;"
	"CREATE TABLE samples(series INTEGER NOT NULL, at INTEGER NOT NULL, value REAL, bound REAL,"
	" PRIMARY KEY(series, at)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE letters(id INTEGER PRIMARY KEY AUTOINCREMENT, sink TEXT NOT NULL,"
	" event TEXT NOT NULL, \"key\" TEXT NOT NULL, type TEXT NOT NULL, kind INTEGER NOT NULL,"
	" created INTEGER NOT NULL, body BLOB NOT NULL, tries INTEGER NOT NULL,"
	" due INTEGER NOT NULL, folded INTEGER NOT NULL, reason TEXT NOT NULL,"
	" sum INTEGER NOT NULL) STRICT;"
	"CREATE INDEX letters_key ON letters(sink, \"key\", id);",
	/* 2: what people said about fingerprints */
	"CREATE TABLE silences(id INTEGER PRIMARY KEY AUTOINCREMENT, pattern TEXT NOT NULL,"
	" since INTEGER NOT NULL, until INTEGER NOT NULL, stop_too INTEGER NOT NULL,"
	" by TEXT NOT NULL, reason TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;",
	/* 3: what somebody approved to be as it is */
	"CREATE TABLE exceptions(id INTEGER PRIMARY KEY AUTOINCREMENT, pattern TEXT NOT NULL,"
	" since INTEGER NOT NULL, until INTEGER NOT NULL, upto INTEGER NOT NULL,"
	" reason TEXT NOT NULL, approver TEXT NOT NULL, measure TEXT NOT NULL,"
	" sum INTEGER NOT NULL) STRICT;",
};

static int
version(struct store *s, int *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "PRAGMA user_version", e);

	if (st == NULL || db_step(s, st, "state", e) != 1)
		return -1;
	*out = sqlite3_column_int(st, 0);
	db_end(st);
	return 0;
}

int
schema_bring_up(struct store *s, struct err *e)
{
	char sql[64];
	int v;

	if (version(s, &v, e) < 0)
		return -1;
	if (v > STORE_VERSION)
		return err_set(e, ERR_RANGE,
		    "its schema is version %d, this program knows %d: a newer forewarn wrote it", v,
		    STORE_VERSION);
	for (; v < STORE_VERSION; v++) {
		snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", v + 1);
		if (db_exec(s, "BEGIN IMMEDIATE", "state", e) < 0)
			return -1;
		if (db_exec(s, steps[v], "bringing the state up to date", e) < 0 ||
		    db_exec(s, sql, "state", e) < 0 || db_exec(s, "COMMIT", "state", e) < 0) {
			db_exec(s, "ROLLBACK", "state", NULL);
			return -1;
		}
	}
	return 0;
}
