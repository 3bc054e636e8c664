/* SPDX-License-Identifier: Apache-2.0
 *
 * db: the connection, and statements that are prepared once. Only for the files of this folder.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "store/store.h"

#include <sqlite3.h>

#define DB_STATEMENTS 64

struct store {
	sqlite3 *db;
	char *dir;
	int lock;
	bool in_transaction;
	uint64_t damaged;
	struct {
		const char *sql; /* a literal: its address is the key */
		sqlite3_stmt *st;
	} prepared[DB_STATEMENTS];
	size_t nprepared;
};

/* A statement ready to be bound; NULL with *e. sql must be a literal. */
sqlite3_stmt *db_prepare(struct store *s, const char *sql, struct err *e);

/* Binds in order; NULL text binds NULL. */
void db_text(sqlite3_stmt *st, int at, const char *text);
void db_int(sqlite3_stmt *st, int at, int64_t v);
void db_blob(sqlite3_stmt *st, int at, const void *data, size_t n);

/* 1: a row, 0: no more (and the statement is ready to be used again), -1 with *e. */
int db_step(struct store *s, sqlite3_stmt *st, const char *what, struct err *e);
/* A statement without rows. */
int db_do(struct store *s, sqlite3_stmt *st, const char *what, struct err *e);
void db_end(sqlite3_stmt *st);
/* sql deletes the row of a number. */
int db_drop(
    struct store *s, const char *sql, int64_t row, const char *what, bool *there, struct err *e);

const char *db_column(sqlite3_stmt *st, int at, struct arena *a); /* "" for NULL */
int db_exec(struct store *s, const char *sql, const char *what, struct err *e);

/* FNV-1a over parts: start with DB_SUM. */
#define DB_SUM UINT64_C(14695981039346656037)
uint64_t db_sum(uint64_t sum, const void *data, size_t n);
uint64_t db_sum_text(uint64_t sum, const char *text);
uint64_t db_sum_int(uint64_t sum, int64_t v);

/* Makes or brings up to date. */
int schema_bring_up(struct store *s, struct err *e);

#endif
