/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the connection and the prepared statements.
 */
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether SQLite itself finds damage: what a statement without a fault is refused with (a table
 * that is not there, a key that stands twice) may be its consequence. */
static bool
integrity_fails(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	const unsigned char *says = NULL;
	bool fails;
	int rc = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		says = sqlite3_column_text(st, 0);
	fails = rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB ||
		(says != NULL && strcmp((const char *)says, "ok") != 0);
	sqlite3_finalize(st);
	return fails;
}

static bool
is_damage(struct store *s, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return true;
	case SQLITE_IOERR:
		return rc == SQLITE_IOERR_READ || rc == SQLITE_IOERR_SHORT_READ ||
		       rc == SQLITE_IOERR_CORRUPTFS;
	case SQLITE_ERROR:
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
		return integrity_fails(s->db);
	default:
		return false;
	}
}

/* -1 with *e, code by the kind of error. what: the noun of the message. */
static int
fail(struct store *s, struct err *e, const char *what)
{
	int rc = sqlite3_extended_errcode(s->db);
	char why[256];

	if (s->db == NULL) /* SQLite would call it want of memory */
		return err_set(
		    e, ERR_SYS, "%s: the database was closed and cannot be opened again", what);
	snprintf(why, sizeof(why), "%s", sqlite3_errmsg(s->db)); /* looking again changes it */
	if (is_damage(s, rc)) {
		s->suspect = true;
		return err_set(e, ERR_PARSE, "%s: %s", what, why);
	}
	return err_set(e, (rc & 0xff) == SQLITE_FULL ? ERR_LIMIT : ERR_SYS, "%s: %s", what, why);
}

int
db_bad_row(struct store *s, const char *what, struct err *e)
{
	s->suspect = true;
	return err_set(e, ERR_PARSE, "%s: a row fails its checksum", what);
}

const char *
db_path(const struct store *s, const char *name, char buf[DB_PATH])
{
	snprintf(buf, DB_PATH, "%s/%s", s->dir, name);
	return buf;
}

int
db_connect(struct store *s, const char *name, struct err *e)
{
	/* fewer pages in memory, nothing mapped, and durable at each commit */
	static const char settings[] =
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -256;"
	    "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;"
	    "PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 1048576;"
	    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
	    "PRAGMA locking_mode = EXCLUSIVE";
	char path[DB_PATH], sql[64];
	int flags =
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;

	if (sqlite3_open_v2(db_path(s, name, path), &s->db, flags, NULL) != SQLITE_OK)
		return err_set(e, ERR_SYS, "%s: %s", path,
		    s->db != NULL ? sqlite3_errmsg(s->db) : "no memory");
	snprintf(sql, sizeof(sql), "PRAGMA max_page_count = %d", STORE_PAGES_MAX);
	if (db_exec(s, settings, path, e) < 0 || db_exec(s, sql, path, e) < 0)
		return -1;
	return 0;
}

void
db_disconnect(struct store *s)
{
	for (size_t i = 0; i < s->nprepared; i++)
		sqlite3_finalize(s->prepared[i].st);
	s->nprepared = 0;
	sqlite3_close(s->db);
	s->db = NULL;
	s->in_transaction = false;
}

sqlite3_stmt *
db_prepare(struct store *s, const char *sql, struct err *e)
{
	sqlite3_stmt *st;

	for (size_t i = 0; i < s->nprepared; i++)
		if (s->prepared[i].sql == sql)
			return s->prepared[i].st;
	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
		fail(s, e, "state");
		return NULL;
	}
	if (s->nprepared == DB_STATEMENTS) {
		sqlite3_finalize(s->prepared[0].st);
		s->prepared[0] = s->prepared[--s->nprepared];
	}
	s->prepared[s->nprepared].sql = sql;
	s->prepared[s->nprepared++].st = st;
	return st;
}

void
db_text(sqlite3_stmt *st, int at, const char *text)
{
	sqlite3_bind_text(st, at, text, -1, SQLITE_TRANSIENT);
}

void
db_int(sqlite3_stmt *st, int at, int64_t v)
{
	sqlite3_bind_int64(st, at, v);
}

void
db_blob(sqlite3_stmt *st, int at, const void *data, size_t n)
{
	/* a NULL pointer would bind NULL */
	sqlite3_bind_blob64(st, at, n > 0 ? data : "", n, SQLITE_TRANSIENT);
}

void
db_end(sqlite3_stmt *st)
{
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

int
db_step(struct store *s, sqlite3_stmt *st, const char *what, struct err *e)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		fail(s, e, what);
	db_end(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

int
db_do(struct store *s, sqlite3_stmt *st, const char *what, struct err *e)
{
	int rc = db_step(s, st, what, e);

	if (rc == 1)
		db_end(st);
	return rc < 0 ? -1 : 0;
}

int
db_drop(struct store *s, const char *sql, int64_t row, const char *what, bool *there, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	db_int(st, 1, row);
	if (db_do(s, st, what, e) < 0)
		return -1;
	*there = sqlite3_changes(s->db) > 0;
	return 0;
}

const char *
db_column(sqlite3_stmt *st, int at, struct arena *a)
{
	const unsigned char *text = sqlite3_column_text(st, at);

	return text != NULL ? arena_text(a, (const char *)text) : "";
}

int
db_exec(struct store *s, const char *sql, const char *what, struct err *e)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(s, e, what);
}

uint64_t
db_sum(uint64_t sum, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < n; i++)
		sum = (sum ^ p[i]) * UINT64_C(1099511628211);
	/* what follows cannot move into what was before */
	return (sum ^ n) * UINT64_C(1099511628211);
}

uint64_t
db_sum_text(uint64_t sum, const char *text)
{
	return db_sum(sum, text, strlen(text));
}

uint64_t
db_sum_int(uint64_t sum, int64_t v)
{
	return db_sum(sum, &v, sizeof(v));
}
