/* SPDX-License-Identifier: Apache-2.0
 *
 * db: the connection, and statements that are prepared once. Only for the files of this folder.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "store/store.h"

#include <sqlite3.h>

#define DB_STATEMENTS 96

/* One open alert as far as STORE_OPEN must know it: hashes of its fingerprint and of what was told
 * of it. */
struct open_alert {
	uint64_t fingerprint, told;
};

/* The open alerts of the database, so that a commit knows whether STORE_OPEN is out of date. */
struct opens {
	struct open_alert *v; /* by fingerprint, ascending */
	size_t n, cap;
	bool known;   /* false: to be counted again (after a rollback) */
	bool changed; /* STORE_OPEN says something else */
};

struct store {
	sqlite3 *db;
	char *dir;
	int lock;
	bool in_transaction;
	bool suspect; /* damage was met: the next store_begin fails with ERR_PARSE */
	struct store_damage damage;
	struct opens opens;
	int64_t sequence;  /* STORE_SEQUENCE as the transaction in hand has it */
	int64_t committed; /* as the newest commit has it */
	int64_t ahead;     /* the number that STORE_OPEN holds; 0: it holds none */
	off_t stamp_at;    /* where `committed` stands in STORE_OPEN; 0: nowhere */
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

/* How rows of one table are held against their checksums. */
struct db_check {
	const char *select; /* all rows; the last column is what `drop` finds a row by */
	bool (*sound)(sqlite3_stmt *st);
	const char *drop; /* deletes one row */
};
extern const struct db_check numbers_check, results_check, standings_check, letters_check,
    silences_check, exceptions_check, accepts_check, keeps_check;

/* A row failed its checksum: -1 with *e, and the store is suspect. */
int db_bad_row(struct store *s, const char *what, struct err *e);

/* A standing without its fingerprint and words, as it lies in the database and in STORE_OPEN. */
struct frame;
void standing_pack(struct frame *f, const struct standing *st);
bool standing_unpack(struct frame *f, struct standing *st); /* false: damaged */

/* FNV-1a over parts: start with DB_SUM. */
#define DB_SUM UINT64_C(14695981039346656037)
uint64_t db_sum(uint64_t sum, const void *data, size_t n);
uint64_t db_sum_text(uint64_t sum, const char *text);
uint64_t db_sum_int(uint64_t sum, int64_t v);

/* Makes or brings up to date. ERR_RANGE: a newer forewarn wrote it. ERR_PARSE: what it says of
 * itself cannot be true. */
int schema_bring_up(struct store *s, struct err *e);
/* Whether its tables are those that this program makes: 0, -1 with *e. */
int schema_check(struct store *s, struct err *e);

/* Opens the file of that name in the folder as s->db; its schema is as it is. */
int db_connect(struct store *s, const char *name, struct err *e);
void db_disconnect(struct store *s);
#define DB_PATH 4200
const char *db_path(const struct store *s, const char *name, char buf[DB_PATH]);

#endif
