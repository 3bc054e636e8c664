/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of what probes have kept here, outside of their checks' own folders.
 */
#include "store/db.h"

#include <string.h>

static uint64_t
sum_of(const struct store_keep *v)
{
	uint64_t sum = db_sum_text(db_sum_text(DB_SUM, v->check), v->keep.target);

	sum = db_sum_text(sum, v->keep.text);
	sum = db_sum_int(sum, v->since);
	return db_sum_int(sum, (int64_t)v->keep.outside);
}

#define COLUMNS "\"check\", target, text, since, outside, sum"

static int
write_row(struct store *s, const struct store_keep *v, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "INSERT OR REPLACE INTO keeps(" COLUMNS ") VALUES(?,?,?,?,?,?)", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, v->check);
	db_text(st, 2, v->keep.target);
	db_text(st, 3, v->keep.text);
	db_int(st, 4, v->since);
	db_int(st, 5, (int64_t)v->keep.outside);
	db_int(st, 6, (int64_t)sum_of(v));
	return db_do(s, st, "what is kept", e);
}

/* false: damaged. */
static bool
read_row(sqlite3_stmt *st, struct arena *a, struct store_keep *v)
{
	*v = (struct store_keep){
		.check = db_column(st, 0, a),
		.keep = { .target = db_column(st, 1, a),
		    .text = db_column(st, 2, a),
		    .outside = (uint64_t)sqlite3_column_int64(st, 4) },
		.since = sqlite3_column_int64(st, 3),
	};
	return sum_of(v) == (uint64_t)sqlite3_column_int64(st, 5);
}

static bool
sound(sqlite3_stmt *st)
{
	struct arena *a = arena_new(1 << 20);
	struct store_keep v;
	bool ok = read_row(st, a, &v);

	arena_free(a);
	return ok;
}

const struct db_check keeps_check = { "SELECT " COLUMNS ", rowid FROM keeps", sound,
	"DELETE FROM keeps WHERE rowid = ?" };

static int
read_all(struct store *s, sqlite3_stmt *st, struct arena *a, struct store_keep **out, size_t *n,
    struct err *e)
{
	size_t cap = 0;
	int rc;

	*out = NULL;
	*n = 0;
	while ((rc = db_step(s, st, "what is kept", e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		if (!read_row(st, a, &(*out)[*n])) {
			db_end(st);
			return db_bad_row(s, "what is kept", e);
		}
		(*n)++;
	}
	return rc;
}

int
store_keeps(struct store *s, const char *check, struct arena *a, struct store_keep **out, size_t *n,
    struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT " COLUMNS " FROM keeps WHERE ?1 IS NULL OR \"check\" = ?1"
	    " ORDER BY \"check\", target",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	return read_all(s, st, a, out, n, e);
}

static int
one(struct store *s, const char *check, const char *target, struct arena *a, struct store_keep *out,
    bool *there, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "SELECT " COLUMNS " FROM keeps WHERE \"check\" = ?1 AND target = ?2", e);
	struct store_keep *v;
	size_t n;

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	db_text(st, 2, target);
	if (read_all(s, st, a, &v, &n, e) < 0)
		return -1;
	*there = n > 0;
	if (n > 0)
		*out = v[0];
	return 0;
}

int
store_keep_put(struct store *s, const char *check, const struct keep *k, instant now,
    struct arena *a, struct err *e)
{
	struct store_keep row;
	bool there;

	if (one(s, check, k->target, a, &row, &there, e) < 0)
		return -1;
	if (there && strcmp(row.keep.text, k->text) == 0)
		return 0;
	if (!there)
		row = (struct store_keep){ .check = check, .since = now };
	row.keep.target = k->target;
	row.keep.text = k->text;
	return write_row(s, &row, e);
}

int
store_keeps_outside(struct store *s, instant before, struct arena *a, struct err *e)
{
	struct store_keep *v;
	size_t n;

	if (store_keeps(s, NULL, a, &v, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (v[i].since > before)
			continue;
		v[i].keep.outside++;
		if (write_row(s, &v[i], e) < 0)
			return -1;
	}
	return 0;
}

int
store_keeps_drop(struct store *s, const char *check, const char *target, struct err *e)
{
	sqlite3_stmt *st = db_prepare(
	    s, "DELETE FROM keeps WHERE \"check\" = ?1 AND (?2 IS NULL OR target = ?2)", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	db_text(st, 2, target);
	return db_do(s, st, "what is kept", e);
}
