/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of silences.
 */
#include "store/db.h"

static uint64_t
sum_of(const struct store_silence *v)
{
	uint64_t sum = db_sum_text(DB_SUM, v->pattern);

	sum = db_sum_int(sum, v->silence.from);
	sum = db_sum_int(sum, v->silence.until);
	sum = db_sum_int(sum, v->silence.stop_too);
	return db_sum_text(db_sum_text(sum, v->silence.by), v->silence.reason);
}

int
store_silence_put(struct store *s, const struct store_silence *v, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT OR REPLACE INTO silences(id, pattern, since, until, stop_too, by, reason, sum)"
	    " VALUES(NULLIF(?,0),?,?,?,?,?,?,?)",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 1, v->row);
	db_text(st, 2, v->pattern);
	db_int(st, 3, v->silence.from);
	db_int(st, 4, v->silence.until);
	db_int(st, 5, v->silence.stop_too);
	db_text(st, 6, v->silence.by);
	db_text(st, 7, v->silence.reason);
	db_int(st, 8, (int64_t)sum_of(v));
	return db_do(s, st, "silences", e);
}

int
store_silence_drop(struct store *s, int64_t row, bool *there, struct err *e)
{
	return db_drop(s, "DELETE FROM silences WHERE id = ?", row, "silences", there, e);
}

#define COLUMNS "id, pattern, since, until, stop_too, by, reason, sum"

/* false: damaged. */
static bool
read_row(sqlite3_stmt *st, struct arena *a, struct store_silence *v)
{
	*v = (struct store_silence){
		.row = sqlite3_column_int64(st, 0),
		.pattern = db_column(st, 1, a),
		.silence = { .from = sqlite3_column_int64(st, 2),
		    .until = sqlite3_column_int64(st, 3),
		    .stop_too = sqlite3_column_int(st, 4) != 0,
		    .by = db_column(st, 5, a),
		    .reason = db_column(st, 6, a) },
	};
	return sum_of(v) == (uint64_t)sqlite3_column_int64(st, 7);
}

static bool
sound(sqlite3_stmt *st)
{
	struct arena *a = arena_new(1 << 20);
	struct store_silence v;
	bool ok = read_row(st, a, &v);

	arena_free(a);
	return ok;
}

const struct db_check silences_check = { "SELECT " COLUMNS ", id FROM silences", sound,
	"DELETE FROM silences WHERE id = ?" };

int
store_silences(
    struct store *s, struct arena *a, struct store_silence **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT " COLUMNS " FROM silences ORDER BY id", e);
	size_t cap = 0;
	int rc;

	*out = NULL;
	*n = 0;
	if (st == NULL)
		return -1;
	while ((rc = db_step(s, st, "silences", e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		if (!read_row(st, a, &(*out)[*n])) {
			db_end(st);
			return db_bad_row(s, "silences", e);
		}
		(*n)++;
	}
	return rc;
}
