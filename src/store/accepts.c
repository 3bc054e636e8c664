/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of findings that people accepted, and which of them are to be handed to a check.
 */
#include "store/db.h"

static uint64_t
sum_of(const struct store_accept *v)
{
	uint64_t sum = db_sum_text(DB_SUM, v->check);

	sum = db_sum_text(sum, v->accept.target);
	sum = db_sum_text(sum, v->accept.rule);
	sum = db_sum_text(sum, v->accept.finding);
	sum = db_sum_int(sum, v->accept.at);
	sum = db_sum_text(sum, v->accept.by);
	sum = db_sum_text(sum, v->accept.reason);
	sum = db_sum_text(sum, v->login);
	sum = db_sum_text(sum, v->summary);
	return db_sum_int(sum, v->ended);
}

#define COLUMNS "id, \"check\", target, rule, finding, at, by, reason, login, summary, ended, sum"

int
store_accept_put(struct store *s, const struct store_accept *v, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT OR REPLACE INTO accepts(" COLUMNS ") VALUES(NULLIF(?,0),?,?,?,?,?,?,?,?,?,?,?)",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 1, v->row);
	db_text(st, 2, v->check);
	db_text(st, 3, v->accept.target);
	db_text(st, 4, v->accept.rule);
	db_text(st, 5, v->accept.finding);
	db_int(st, 6, v->accept.at);
	db_text(st, 7, v->accept.by);
	db_text(st, 8, v->accept.reason);
	db_text(st, 9, v->login);
	db_text(st, 10, v->summary);
	db_int(st, 11, v->ended);
	db_int(st, 12, (int64_t)sum_of(v));
	return db_do(s, st, "accepted findings", e);
}

/* false: damaged. */
static bool
read_row(sqlite3_stmt *st, struct arena *a, struct store_accept *v)
{
	*v = (struct store_accept){
		.row = sqlite3_column_int64(st, 0),
		.check = db_column(st, 1, a),
		.accept = { .target = db_column(st, 2, a),
		    .rule = db_column(st, 3, a),
		    .finding = db_column(st, 4, a),
		    .at = sqlite3_column_int64(st, 5),
		    .by = db_column(st, 6, a),
		    .reason = db_column(st, 7, a) },
		.login = db_column(st, 8, a),
		.summary = db_column(st, 9, a),
		.ended = sqlite3_column_int64(st, 10),
	};
	return sum_of(v) == (uint64_t)sqlite3_column_int64(st, 11);
}

static bool
sound(sqlite3_stmt *st)
{
	struct arena *a = arena_new(1 << 20);
	struct store_accept v;
	bool ok = read_row(st, a, &v);

	arena_free(a);
	return ok;
}

const struct db_check accepts_check = { "SELECT " COLUMNS ", id FROM accepts", sound,
	"DELETE FROM accepts WHERE id = ?" };

static int
read_all(struct store *s, sqlite3_stmt *st, struct arena *a, struct store_accept **out, size_t *n,
    struct err *e)
{
	size_t cap = 0;
	int rc;

	*out = NULL;
	*n = 0;
	while ((rc = db_step(s, st, "accepted findings", e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		if (!read_row(st, a, &(*out)[*n])) {
			db_end(st);
			return db_bad_row(s, "accepted findings", e);
		}
		(*n)++;
	}
	return rc;
}

int
store_accepts(struct store *s, struct arena *a, struct store_accept **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT " COLUMNS " FROM accepts ORDER BY id", e);

	return st == NULL ? -1 : read_all(s, st, a, out, n, e);
}

int
store_accepts_pending(struct store *s, const char *check, struct arena *a,
    struct store_accept **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(
	    s, "SELECT " COLUMNS " FROM accepts WHERE \"check\" = ?1 AND ended = 0 ORDER BY id", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	return read_all(s, st, a, out, n, e);
}

int
store_accept_of(struct store *s, const char *check, const char *target, const char *rule,
    instant since, struct arena *a, struct store_accept *out, bool *there, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT " COLUMNS " FROM accepts WHERE \"check\" = ?1 AND target = ?2 AND rule = ?3"
	    " AND at >= ?4 AND ended <> 0 ORDER BY id DESC LIMIT 1",
	    e);
	struct store_accept *v;
	size_t n;

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	db_text(st, 2, target);
	db_text(st, 3, rule);
	db_int(st, 4, since);
	if (read_all(s, st, a, &v, &n, e) < 0)
		return -1;
	*there = n > 0;
	if (n > 0)
		*out = v[0];
	return 0;
}

int
store_accepts_count(struct store *s, uint64_t *pending, uint64_t *all, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "SELECT count(*), coalesce(sum(ended = 0), 0) FROM accepts", e);

	if (st == NULL || db_step(s, st, "accepted findings", e) < 0)
		return -1;
	*all = (uint64_t)sqlite3_column_int64(st, 0);
	*pending = (uint64_t)sqlite3_column_int64(st, 1);
	db_end(st);
	return 0;
}

int
store_accepts_prune(struct store *s, instant before, uint64_t room, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "DELETE FROM accepts WHERE ended <> 0 AND (ended < ?1 OR id NOT IN"
	    " (SELECT id FROM accepts ORDER BY ended = 0 DESC, id DESC LIMIT ?2))",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 1, before);
	db_int(st, 2, (int64_t)(STORE_ACCEPTS_MAX - room));
	return db_do(s, st, "accepted findings", e);
}
