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
	/* 4: numbers have a checksum too, but for those written before (NULL) */
	"ALTER TABLE numbers ADD COLUMN sum INTEGER;"
	/* and what happened is kept (records.h) */
	"CREATE TABLE things(id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE) STRICT;"
	"CREATE TABLE states(thing INTEGER NOT NULL, at INTEGER NOT NULL, level INTEGER NOT NULL,"
	" since INTEGER NOT NULL, PRIMARY KEY(thing, at)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE blind(thing INTEGER NOT NULL, since INTEGER NOT NULL,"
	" until INTEGER NOT NULL, PRIMARY KEY(thing, since)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE dates(thing INTEGER NOT NULL, first_seen INTEGER NOT NULL,"
	" at INTEGER NOT NULL, last_seen INTEGER NOT NULL, life INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, outcome INTEGER NOT NULL, renewed_by INTEGER NOT NULL,"
	" PRIMARY KEY(thing, first_seen)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE weeks(thing INTEGER NOT NULL, week INTEGER NOT NULL,"
	" covered INTEGER NOT NULL, plan INTEGER NOT NULL, unknown INTEGER NOT NULL,"
	" act INTEGER NOT NULL, stop INTEGER NOT NULL, PRIMARY KEY(thing, week)) STRICT,"
	" WITHOUT ROWID;",
	/* 5: what a letter is about decides whether it may wait; how often it was refused */
	"ALTER TABLE letters ADD COLUMN level INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE letters ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;",
	/* 6: how people call what a letter is about, where many of them may be one */
	"ALTER TABLE letters ADD COLUMN title TEXT NOT NULL DEFAULT '';",
	/* 7: what was said by who took an alert */
	"ALTER TABLE standings ADD COLUMN note TEXT NOT NULL DEFAULT '';",
	/* 8: findings that people accepted, and what probes have kept here */
	"CREATE TABLE accepts(id INTEGER PRIMARY KEY AUTOINCREMENT, \"check\" TEXT NOT NULL,"
	" target TEXT NOT NULL, rule TEXT NOT NULL, finding TEXT NOT NULL, at INTEGER NOT NULL,"
	" by TEXT NOT NULL, reason TEXT NOT NULL, login TEXT NOT NULL, summary TEXT NOT NULL,"
	" ended INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;"
	"CREATE TABLE keeps(\"check\" TEXT NOT NULL, target TEXT NOT NULL, text TEXT NOT NULL,"
	" since INTEGER NOT NULL, outside INTEGER NOT NULL, sum INTEGER NOT NULL,"
	" PRIMARY KEY(\"check\", target)) STRICT;",
};

/* The version also stands in a number, so that a damaged header is not taken for a newer schema. */
#define SCHEMA_NUMBER "schema"
#define SCHEMA_NUMBER_FROM 4

/* One whole number that sql asks for. */
static int
ask(struct store *s, const char *sql, int *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL || db_step(s, st, "state", e) != 1)
		return -1;
	*out = sqlite3_column_int(st, 0);
	db_end(st);
	return 0;
}

static int
damaged(struct store *s, const char *what, struct err *e)
{
	s->suspect = true;
	return err_set(e, ERR_PARSE, "state: %s", what);
}

/* The version that its header and its number agree on. */
static int
version(struct store *s, int *out, struct err *e)
{
	int tables, said = 0;

	if (ask(s, "PRAGMA user_version", out, e) < 0 ||
	    ask(s, "SELECT count(*) FROM sqlite_master WHERE name = 'numbers'", &tables, e) < 0)
		return -1;
	if (tables > 0 &&
	    ask(s, "SELECT coalesce(max(v), 0) FROM numbers WHERE name = '" SCHEMA_NUMBER "'",
		&said, e) < 0)
		return -1;
	if ((*out >= SCHEMA_NUMBER_FROM || said != 0) && said != *out)
		return damaged(s, "its header names another schema than it has", e);
	if (*out < 0 || (*out == 0) != (tables == 0))
		return damaged(s, "tables are missing", e);
	return 0;
}

static int
step_up(struct store *s, int to, struct err *e)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", to);
	if (db_exec(s, steps[to - 1], "bringing the state up to date", e) < 0 ||
	    db_exec(s, sql, "state", e) < 0)
		return -1;
	return to < SCHEMA_NUMBER_FROM ? 0 : store_set_number(s, SCHEMA_NUMBER, to, e);
}

/* One transaction: a schema between two versions is never on the disk. */
int
schema_bring_up(struct store *s, struct err *e)
{
	int v;

	if (version(s, &v, e) < 0)
		return -1;
	if (v > STORE_VERSION)
		return err_set(e, ERR_RANGE,
		    "its schema is version %d, this program knows %d: a newer forewarn wrote it", v,
		    STORE_VERSION);
	if (v == STORE_VERSION)
		return 0;
	if (db_exec(s, "BEGIN IMMEDIATE", "state", e) < 0)
		return -1;
	for (; v < STORE_VERSION; v++)
		if (step_up(s, v + 1, e) < 0) {
			db_exec(s, "ROLLBACK", "state", NULL);
			return -1;
		}
	return db_exec(s, "COMMIT", "state", e);
}

#define SHAPE "SELECT type, name, tbl_name, sql FROM sqlite_master"
#define SAME " WHERE type = ?1 AND name = ?2 AND tbl_name = ?3 AND sql IS ?4"

/* Whether the database has what `made` names, word for word. */
static int
has_same(struct store *s, sqlite3_stmt *made, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT count(*) FROM sqlite_master" SAME, e);
	int n;

	if (st == NULL)
		return -1;
	for (int i = 0; i < 4; i++)
		sqlite3_bind_value(st, i + 1, sqlite3_column_value(made, i));
	if (db_step(s, st, "state", e) != 1)
		return -1;
	n = sqlite3_column_int(st, 0);
	db_end(st);
	return n == 1 ? 0 : damaged(s, "its tables are not those it should have", e);
}

/* What a person added (an index, statistics) does no harm. */
int
schema_check(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	sqlite3 *made = NULL;
	bool ready = sqlite3_open(":memory:", &made) == SQLITE_OK;
	int rc = 0;

	for (int i = 0; ready && i < STORE_VERSION; i++)
		ready = sqlite3_exec(made, steps[i], NULL, NULL, NULL) == SQLITE_OK;
	if (!ready || sqlite3_prepare_v2(made, SHAPE, -1, &st, NULL) != SQLITE_OK)
		rc = err_set(e, ERR_SYS, "state: no memory to look at its tables");
	while (rc == 0 && sqlite3_step(st) == SQLITE_ROW)
		rc = has_same(s, st, e);
	sqlite3_finalize(st);
	sqlite3_close(made);
	return rc;
}
