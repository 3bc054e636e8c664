/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of exceptions.
 */
#include "store/db.h"

static uint64_t
sum_of(const struct store_exception *v)
{
	const struct exception *x = &v->exception;
	uint64_t sum = db_sum_text(DB_SUM, v->pattern);

	sum = db_sum_int(sum, x->from);
	sum = db_sum_int(sum, x->until);
	sum = db_sum_int(sum, x->upto);
	return db_sum_text(db_sum_text(db_sum_text(sum, x->reason), x->approver), x->measure);
}

int
store_exception_put(struct store *s, const struct store_exception *v, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT OR REPLACE INTO exceptions(id, pattern, since, until, upto, reason, approver,"
	    " measure, sum) VALUES(NULLIF(?,0),?,?,?,?,?,?,?,?)",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 1, v->row);
	db_text(st, 2, v->pattern);
	db_int(st, 3, v->exception.from);
	db_int(st, 4, v->exception.until);
	db_int(st, 5, v->exception.upto);
	db_text(st, 6, v->exception.reason);
	db_text(st, 7, v->exception.approver);
	db_text(st, 8, v->exception.measure);
	db_int(st, 9, (int64_t)sum_of(v));
	return db_do(s, st, "exceptions", e);
}

int
store_exception_drop(struct store *s, int64_t row, bool *there, struct err *e)
{
	return db_drop(s, "DELETE FROM exceptions WHERE id = ?", row, "exceptions", there, e);
}

#define COLUMNS "id, pattern, since, until, upto, reason, approver, measure, sum"

/* false: damaged. */
static bool
read_row(sqlite3_stmt *st, struct arena *a, struct store_exception *v)
{
	*v = (struct store_exception){
		.row = sqlite3_column_int64(st, 0),
		.pattern = db_column(st, 1, a),
		.exception = { .from = sqlite3_column_int64(st, 2),
		    .until = sqlite3_column_int64(st, 3),
		    .upto = (enum level)sqlite3_column_int(st, 4),
		    .reason = db_column(st, 5, a),
		    .approver = db_column(st, 6, a),
		    .measure = db_column(st, 7, a) },
	};
	return sum_of(v) == (uint64_t)sqlite3_column_int64(st, 8);
}

static bool
sound(sqlite3_stmt *st)
{
	struct arena *a = arena_new(1 << 20);
	struct store_exception v;
	bool ok = read_row(st, a, &v);

	arena_free(a);
	return ok;
}

const struct db_check exceptions_check = { "SELECT " COLUMNS ", id FROM exceptions", sound,
	"DELETE FROM exceptions WHERE id = ?" };

int
store_exceptions(
    struct store *s, struct arena *a, struct store_exception **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT " COLUMNS " FROM exceptions ORDER BY id", e);
	size_t cap = 0;
	int rc;

	*out = NULL;
	*n = 0;
	if (st == NULL)
		return -1;
	while ((rc = db_step(s, st, "exceptions", e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		if (!read_row(st, a, &(*out)[*n])) {
			db_end(st);
			return db_bad_row(s, "exceptions", e);
		}
		(*n)++;
	}
	return rc;
}
