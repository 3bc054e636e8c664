/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the reading of a damaged database.
 */
#include "store/salvage.h"

#include "store/aside.h"
#include "store/patch.h"
#include "store/verify.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SINGLE_STEPS 1000 /* over rows that cannot be read, one by one; then ever longer ones */
#define LAST_ROW (INT64_MAX / 4)
#define PATCHED "forewarn.db.patched"
#define COLUMNS_MAX 256   /* bytes of their names */
#define IDS_AHEAD 1000000 /* of letters and pauses: no id of a lost one is given again */

/* The rows in order of `key`, from ?1 on. */
struct table {
	const char *name, *key, *columns; /* those of later schemas stand last */
	bool by_rowid;                    /* key is a number that says where the row lies */
	bool later; /* not every schema had it: where it is missing, nothing is lost */
};

/* What people and receivers wait for. */
static const struct table state[] = {
	{ "numbers", "name", "name, v, sum", false, false },
	{ "standings", "rowid",
	    "fingerprint, \"check\", target, rule, standing, title, body, acked_by, sum, note",
	    true, false },
	{ "letters", "id",
	    "id, sink, event, \"key\", type, kind, created, body, tries, due, folded, reason, sum, "
	    "level, refusals, title",
	    true, false },
	{ "silences", "id", "id, pattern, since, until, stop_too, by, reason, sum", true, false },
	{ "exceptions", "id", "id, pattern, since, until, upto, reason, approver, measure, sum",
	    true, false },
	{ "accepts", "id",
	    "id, \"check\", target, rule, finding, at, by, reason, login, summary, ended, sum",
	    true, true },
	{ "keeps", "rowid", "\"check\", target, text, since, outside, sum", true, true },
	{ "results", "rowid", "\"check\", taken, valid_until, took, frames, sum", true, false },
};
/* What was measured and what happened before. */
static const struct table history[] = {
	{ "series", "id", "id, fingerprint, metric", true, false },
	{ "samples", "series", "series, at, value, bound", false, false },
	{ "things", "id", "id, fingerprint", true, false },
	{ "states", "thing", "thing, at, level, since", false, false },
	{ "blind", "thing", "thing, since, until", false, false },
	{ "dates", "thing", "thing, first_seen, at, last_seen, life, kind, outcome, renewed_by",
	    false, false },
	{ "weeks", "thing", "thing, week, covered, plan, unknown, act, stop", false, false },
};
#define N(tables) (sizeof(tables) / sizeof((tables)[0]))

struct salvage {
	sqlite3 *old;
	struct store *fresh;
	struct store_damage *damage;
};

/* ---- one table */

static sqlite3_stmt *
reader(struct salvage *v, const struct table *t, const char *columns, bool backwards)
{
	char sql[512];
	sqlite3_stmt *st = NULL;

	snprintf(sql, sizeof(sql), "SELECT %s, %s FROM %s%s ORDER BY %s%s", columns, t->key,
	    t->name, t->by_rowid ? " WHERE rowid > ?1" : "", t->key, backwards ? " DESC" : "");
	sqlite3_prepare_v2(v->old, sql, -1, &st, NULL);
	return st;
}

static sqlite3_stmt *
writer(struct salvage *v, const struct table *t, const char *columns, struct err *e)
{
	char sql[512], marks[64] = "?";
	sqlite3_stmt *st = NULL;

	for (const char *p = columns; (p = strchr(p, ',')) != NULL; p++)
		strncat(marks, ",?", sizeof(marks) - strlen(marks) - 1);
	/* what the new one has already is the same row, read from the other end */
	snprintf(
	    sql, sizeof(sql), "INSERT OR IGNORE INTO %s(%s) VALUES(%s)", t->name, columns, marks);
	if (sqlite3_prepare_v2(v->fresh->db, sql, -1, &st, NULL) != SQLITE_OK)
		err_set(e, ERR_SYS, "salvage: %s", sqlite3_errmsg(v->fresh->db));
	return st;
}

/* -1: the new database cannot be written. A row that does not fit its table is lost. */
static int
copy_row(struct salvage *v, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
	int rc;

	for (int i = 0; i < sqlite3_column_count(from) - 1; i++)
		sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
	rc = sqlite3_step(to);
	sqlite3_reset(to);
	if (rc == SQLITE_DONE)
		return 0;
	if ((rc & 0xff) == SQLITE_CONSTRAINT || (rc & 0xff) == SQLITE_MISMATCH ||
	    (rc & 0xff) == SQLITE_TOOBIG) {
		v->damage->rows_lost++;
		return 0;
	}
	return err_set(e, (rc & 0xff) == SQLITE_FULL ? ERR_LIMIT : ERR_SYS, "salvage: %s",
	    sqlite3_errmsg(v->fresh->db));
}

/* 0: the end was reached. 1: what comes next cannot be read; *last is the last that could. */
static int
copy_on(struct salvage *v, sqlite3_stmt *from, sqlite3_stmt *to, int64_t *last, struct err *e)
{
	int key = sqlite3_column_count(from) - 1, rc;

	sqlite3_reset(from);
	sqlite3_bind_int64(from, 1, *last);
	while ((rc = sqlite3_step(from)) == SQLITE_ROW) {
		*last = sqlite3_column_int64(from, key);
		if (copy_row(v, from, to, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : 1;
}

/* Past a page that cannot be read lie rows that can. */
static int
copy_by_rowid(struct salvage *v, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
	int64_t last = INT64_MIN, step = 1;
	int steps = 0, rc;
	bool gap = false;

	while ((rc = copy_on(v, from, to, &last, e)) == 1) {
		v->damage->rows_lost += !gap;
		gap = true;
		if (last == INT64_MIN)
			last = 0;
		if (++steps > SINGLE_STEPS)
			step *= 2;
		if (last > LAST_ROW || step > LAST_ROW)
			return 0;
		last += step;
	}
	return rc;
}

/* From the front as far as it goes, then from the end. */
static int
copy_by_key(
    struct salvage *v, const struct table *t, const char *columns, sqlite3_stmt *to, struct err *e)
{
	int64_t unused = 0;
	int rc = 1;

	for (int backwards = 0; backwards < 2 && rc == 1; backwards++) {
		sqlite3_stmt *from = reader(v, t, columns, backwards == 1);

		if (from != NULL)
			rc = copy_on(v, from, to, &unused, e);
		sqlite3_finalize(from);
	}
	v->damage->rows_lost += rc == 1;
	return rc < 0 ? -1 : 0;
}

static int
copy_table(struct salvage *v, const struct table *t, struct err *e)
{
	char columns[COLUMNS_MAX];
	sqlite3_stmt *from, *to;
	int rc;

	snprintf(columns, sizeof(columns), "%s", t->columns);
	from = reader(v, t, columns, false);
	/* of an older schema: without what was added later */
	for (char *last; from == NULL && (last = strrchr(columns, ',')) != NULL;) {
		*last = '\0';
		from = reader(v, t, columns, false);
	}
	if (from == NULL) {
		v->damage->rows_lost += !t->later;
		return 0;
	}
	to = writer(v, t, columns, e);
	if (to == NULL)
		rc = -1;
	else
		rc =
		    t->by_rowid ? copy_by_rowid(v, from, to, e) : copy_by_key(v, t, columns, to, e);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return rc;
}

/* ---- all tables */

/* Cells that are at work know letters by their ids. */
static int
keep_ids_apart(struct store *fresh, struct err *e)
{
	char sql[256];

	snprintf(sql, sizeof(sql),
	    "INSERT INTO sqlite_sequence(name, seq) SELECT n, 0 FROM (SELECT 'letters' AS n UNION"
	    " SELECT 'silences' UNION SELECT 'exceptions' UNION SELECT 'accepts') WHERE n NOT IN "
	    "(SELECT name FROM"
	    " sqlite_sequence); UPDATE sqlite_sequence SET seq = seq + %d",
	    IDS_AHEAD);
	return db_exec(fresh, sql, "salvage", e);
}

/* The version is that of the new database, whatever the old one said. */
static int
copy_state(struct salvage *v, struct err *e)
{
	struct store *fresh = v->fresh;
	uint64_t bad = 0, good = 0;

	if (db_exec(fresh, "BEGIN IMMEDIATE", "salvage", e) < 0)
		return -1;
	for (size_t i = 0; v->old != NULL && i < N(state); i++)
		if (copy_table(v, &state[i], e) < 0)
			return -1;
	if (verify_rows(fresh, &bad, &good, e) < 0 || keep_ids_apart(fresh, e) < 0)
		return -1;
	v->damage->rows_lost += bad;
	v->damage->rows_saved += good;
	return db_exec(fresh, "COMMIT", "salvage", e);
}

/* It is worth less than the room it may not have. */
static void
copy_history(struct salvage *v)
{
	bool ok = db_exec(v->fresh, "BEGIN IMMEDIATE", "salvage", NULL) == 0;

	for (size_t i = 0; ok && i < N(history); i++)
		ok = copy_table(v, &history[i], NULL) == 0;
	if (ok && db_exec(v->fresh, "COMMIT", "salvage", NULL) == 0)
		return;
	db_exec(v->fresh, "ROLLBACK", "salvage", NULL);
	v->damage->rows_lost++;
}

/* ---- the old one */

/* NULL: nothing of it can be read. */
static sqlite3 *
open_to_read(const struct store *s, const char *name)
{
	/* without locks and shared memory nothing is written; an entry of the schema or a length
	 * that cannot be true hides only what it is about */
	static const char settings[] =
	    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA writable_schema = ON; PRAGMA mmap_size = 0;"
	    "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -256; PRAGMA temp_store = MEMORY";
	char path[DB_PATH];
	sqlite3 *db = NULL;
	struct stat is;

	if (lstat(db_path(s, name, path), &is) < 0 || !S_ISREG(is.st_mode))
		return NULL;
	if (sqlite3_open_v2(db_path(s, name, path), &db,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
		"unix-none") == SQLITE_OK &&
	    sqlite3_exec(db, settings, NULL, NULL, NULL) == SQLITE_OK &&
	    sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL) == SQLITE_OK)
		return db;
	sqlite3_close(db);
	return NULL;
}

static bool
has_tables(sqlite3 *db)
{
	for (size_t i = 0; i < N(state); i++) {
		char sql[64];

		if (state[i].later)
			continue;
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s LIMIT 0", state[i].name);
		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK &&
		    sqlite3_errcode(db) == SQLITE_ERROR)
			return false;
	}
	return true;
}

static void
remove_copy(const struct store *s)
{
	char path[DB_PATH];

	unlink(db_path(s, PATCHED, path));
	unlink(db_path(s, PATCHED "-wal", path));
}

/* As it is; else a copy with a sound header; else one with a sound list of tables too. */
static sqlite3 *
open_somehow(struct store *fresh, const char *name)
{
	static const size_t patches[] = { PATCH_HEADER, PATCH_PAGE };
	sqlite3 *as_it_is = open_to_read(fresh, name), *db;

	if (as_it_is != NULL && has_tables(as_it_is))
		return as_it_is;
	for (size_t i = 0; i < sizeof(patches) / sizeof(patches[0]); i++) {
		if (!patch(fresh, name, PATCHED, STORE_NEW, patches[i]))
			break;
		db = open_to_read(fresh, PATCHED);
		if (db != NULL && has_tables(db)) {
			sqlite3_close(as_it_is);
			return db;
		}
		sqlite3_close(db);
	}
	return as_it_is;
}

int
salvage(struct store *fresh, const char *name, struct store_damage *d, struct err *e)
{
	struct salvage v = { NULL, fresh, d };
	int rc;

	/* the first page of the new one is to be on the disk */
	if (db_exec(fresh, "PRAGMA wal_checkpoint(TRUNCATE)", "salvage", e) < 0)
		return -1;
	v.old = open_somehow(fresh, name);
	d->rows_lost += v.old == NULL;
	rc = copy_state(&v, e);
	if (rc == 0 && v.old != NULL)
		copy_history(&v);
	sqlite3_close(v.old);
	remove_copy(fresh);
	return rc;
}
