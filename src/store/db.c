/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the connection and the prepared statements.
 */
#include "store/db.h"

#include <string.h>

/* -1 with *e, code by the kind of error. what: the noun of the message. */
static int
fail(struct store *s, struct err *e, const char *what)
{
	int rc = sqlite3_errcode(s->db);
	enum err_code code = ERR_SYS;

	if (rc == SQLITE_FULL)
		code = ERR_LIMIT;
	if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
		code = ERR_PARSE;
	return err_set(e, code, "%s: %s", what, sqlite3_errmsg(s->db));
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
