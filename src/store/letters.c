/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of letters: waiting, folded, sent, given up.
 */
#include "store/db.h"

#include <string.h>

#define DROPPED "dropped"
#define BOUND_ROWS 100 /* dropped in one go */

static uint64_t
sum_of(const struct store_letter *l)
{
	uint64_t sum = db_sum_text(DB_SUM, l->sink);

	sum = db_sum_text(sum, l->event);
	sum = db_sum_text(sum, l->key);
	sum = db_sum_text(sum, l->type);
	return db_sum(db_sum_int(sum, l->kind), l->body, l->len);
}

int
store_letter_put(struct store *s, const struct store_letter *l, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO letters(sink, event, \"key\", type, kind, created, body, tries, due, "
	    "folded,"
	    " reason, sum) VALUES(?,?,?,?,?,?,?,0,0,?,'',?)",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, l->sink);
	db_text(st, 2, l->event);
	db_text(st, 3, l->key);
	db_text(st, 4, l->type);
	db_int(st, 5, l->kind);
	db_int(st, 6, l->created);
	db_blob(st, 7, l->body, l->len);
	db_int(st, 8, (int64_t)l->folded);
	db_int(st, 9, (int64_t)sum_of(l));
	return db_do(s, st, "outbox", e);
}

/* The oldest of the key stays: it may be on its way at this moment. */
#define SUPERSEDED                                                                                 \
	" FROM letters WHERE sink = ?1 AND \"key\" = ?2 AND tries = 0 AND id > (SELECT min(id) "   \
	"FROM"                                                                                     \
	" letters WHERE sink = ?1 AND \"key\" = ?2)"

int
store_letters_fold(
    struct store *s, const char *sink, const char *key, uint64_t *folded, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT coalesce(sum(folded + 1), 0)" SUPERSEDED, e);

	*folded = 0;
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_text(st, 2, key);
	if (db_step(s, st, "outbox", e) != 1)
		return -1;
	*folded = (uint64_t)sqlite3_column_int64(st, 0);
	db_end(st);
	if (*folded == 0)
		return 0;
	st = db_prepare(s, "DELETE" SUPERSEDED, e);
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_text(st, 2, key);
	return db_do(s, st, "outbox", e);
}

#define COLUMNS                                                                                    \
	"id, sink, event, \"key\", type, kind, created, body, tries, due, folded, reason, sum"

static bool
read_letter(sqlite3_stmt *st, struct arena *a, struct store_letter *l)
{
	char *body;

	*l = (struct store_letter){ .row = sqlite3_column_int64(st, 0),
		.sink = db_column(st, 1, a),
		.event = db_column(st, 2, a),
		.key = db_column(st, 3, a),
		.type = db_column(st, 4, a),
		.kind = (enum event_kind)sqlite3_column_int(st, 5),
		.created = sqlite3_column_int64(st, 6),
		.len = (size_t)sqlite3_column_bytes(st, 7),
		.tries = (uint32_t)sqlite3_column_int(st, 8),
		.due = sqlite3_column_int64(st, 9),
		.folded = (uint64_t)sqlite3_column_int64(st, 10),
		.reason = db_column(st, 11, a) };
	body = arena_alloc(a, l->len + 1);
	if (l->len > 0)
		memcpy(body, sqlite3_column_blob(st, 7), l->len);
	l->body = body;
	return sum_of(l) == (uint64_t)sqlite3_column_int64(st, 12) && l->kind < EVENT_KINDS;
}

static bool
sound(sqlite3_stmt *st)
{
	struct arena *a = arena_new((size_t)STORE_LETTER_BYTES_MAX);
	struct store_letter l;
	bool ok = read_letter(st, a, &l);

	arena_free(a);
	return ok;
}

const struct db_check letters_check = { "SELECT " COLUMNS ", id FROM letters", sound,
	"DELETE FROM letters WHERE id = ?" };

int
store_letters_due(struct store *s, const char *sink, span boot, size_t max, struct arena *a,
    struct store_letter **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT " COLUMNS
	    " FROM letters l WHERE sink = ?1 AND due <= ?2 AND id = (SELECT min(id) FROM "
	    "letters"
	    " WHERE sink = ?1 AND \"key\" = l.\"key\") ORDER BY id LIMIT ?3",
	    e);
	int rc;

	*out = arena_array(a, max + 1, sizeof(**out));
	*n = 0;
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_int(st, 2, boot);
	db_int(st, 3, (int64_t)max);
	while ((rc = db_step(s, st, "outbox", e)) == 1) {
		if (!read_letter(st, a, &(*out)[*n])) {
			db_end(st);
			return db_bad_row(s, "outbox", e);
		}
		(*n)++;
	}
	return rc;
}

int
store_letter_done(struct store *s, int64_t row, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "DELETE FROM letters WHERE id = ?", e);

	if (st == NULL)
		return -1;
	db_int(st, 1, row);
	return db_do(s, st, "outbox", e);
}

int
store_letter_later(
    struct store *s, int64_t row, uint32_t tries, span due, const char *reason, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "UPDATE letters SET tries = ?, due = ?, reason = ? WHERE id = ?", e);

	if (st == NULL)
		return -1;
	db_int(st, 1, tries);
	db_int(st, 2, due);
	db_text(st, 3, reason);
	db_int(st, 4, row);
	return db_do(s, st, "outbox", e);
}

int
store_letters_restart(struct store *s, struct err *e)
{
	return db_exec(s, "UPDATE letters SET due = 0 WHERE due > 0", "outbox", e);
}

int
store_letters_next(struct store *s, const char *sink, span *due, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT min(due) FROM letters l WHERE sink = ?1 AND id = (SELECT min(id) FROM letters"
	    " WHERE sink = ?1 AND \"key\" = l.\"key\")",
	    e);

	*due = SPAN_MAX;
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	if (db_step(s, st, "outbox", e) != 1)
		return -1;
	if (sqlite3_column_type(st, 0) != SQLITE_NULL)
		*due = sqlite3_column_int64(st, 0);
	db_end(st);
	return 0;
}

int
store_outbox(struct store *s, const char *sink, struct store_outbox *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT count(*), coalesce(sum(length(body)), 0), min(created) FROM letters"
	    " WHERE ?1 IS NULL OR sink = ?1",
	    e);
	int64_t dropped;

	*out = (struct store_outbox){ .oldest = INSTANT_NONE };
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	if (db_step(s, st, "outbox", e) != 1)
		return -1;
	out->letters = (uint64_t)sqlite3_column_int64(st, 0);
	out->bytes = sqlite3_column_int64(st, 1);
	if (sqlite3_column_type(st, 2) != SQLITE_NULL)
		out->oldest = sqlite3_column_int64(st, 2);
	db_end(st);
	if (store_number(s, DROPPED, 0, &dropped, e) < 0)
		return -1;
	out->dropped = (uint64_t)dropped;
	return 0;
}

/* What is worth least goes first: heartbeats, digests, reminders, then the oldest. */
static int
drop_some(struct store *s, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "DELETE FROM letters WHERE id IN (SELECT id FROM letters ORDER BY"
	    " CASE kind WHEN ?1 THEN 0 WHEN ?2 THEN 1 WHEN ?3 THEN 2 ELSE 3 END, id LIMIT ?4)",
	    e);
	int64_t dropped;

	if (st == NULL)
		return -1;
	db_int(st, 1, EVENT_HEARTBEAT);
	db_int(st, 2, EVENT_DIGEST);
	db_int(st, 3, EVENT_REMINDER);
	db_int(st, 4, BOUND_ROWS);
	if (db_do(s, st, "outbox", e) < 0 || store_number(s, DROPPED, 0, &dropped, e) < 0)
		return -1;
	return store_set_number(s, DROPPED, dropped + sqlite3_changes(s->db), e);
}

int
store_outbox_bound(struct store *s, struct err *e)
{
	struct store_outbox o;

	for (;;) {
		if (store_outbox(s, NULL, &o, e) < 0)
			return -1;
		if (o.letters <= STORE_LETTERS_MAX && o.bytes <= STORE_LETTER_BYTES_MAX)
			return 0;
		if (drop_some(s, e) < 0)
			return -1;
	}
}
