/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of letters: waiting, folded, sent, given up.
 */
#include "store/db.h"

#include <string.h>

#define LEVEL_SHIFT 8                /* where a letter's level stands beside its kind, in its sum */
#define PARKED "9223372036854775807" /* SPAN_MAX, as a due */

static uint64_t
sum_of(const struct store_letter *l)
{
	uint64_t sum = db_sum_text(DB_SUM, l->sink);

	sum = db_sum_text(sum, l->event);
	sum = db_sum_text(sum, l->key);
	sum = db_sum_text(sum, l->type);
	/* a letter of an older schema has no level, or no title, and its sum stays what it was */
	sum = db_sum_int(sum, (int64_t)l->kind | (int64_t)l->level << LEVEL_SHIFT);
	if (l->title != NULL && l->title[0] != '\0')
		sum = db_sum_text(sum, l->title);
	return db_sum(sum, l->body, l->len);
}

int
store_letter_put(struct store *s, const struct store_letter *l, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO letters(sink, event, \"key\", type, kind, created, body, tries, due, "
	    "folded, reason, sum, level, title) VALUES(?,?,?,?,?,?,?,0,?,?,'',?,?,?)",
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
	db_int(st, 8, l->due);
	db_int(st, 9, (int64_t)l->folded);
	db_int(st, 10, (int64_t)sum_of(l));
	db_int(st, 11, l->level);
	db_text(st, 12, l->title != NULL ? l->title : "");
	return db_do(s, st, "outbox", e);
}

/* The oldest of the key stays, for it may be on its way at this moment; unless it is known that it
 * is not: it is parked, or its sink is held (?3). So does the first end (?4): what follows it is
 * another alert of the same thing, and a receiver that knows the first would keep it open for ever.
 */
#define OF_KEY "sink = ?1 AND \"key\" = ?2"
#define SUPERSEDED                                                                                 \
	" FROM letters WHERE " OF_KEY " AND (due = " PARKED                                        \
	" OR (tries = 0 AND (?3 OR id > (SELECT min(id) FROM letters WHERE " OF_KEY                \
	")) AND id IS NOT (SELECT min(id) FROM letters WHERE " OF_KEY " AND kind = ?4)))"

int
store_letters_fold(
    struct store *s, const char *sink, const char *key, bool held, uint64_t *folded, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT coalesce(sum(folded + 1), 0)" SUPERSEDED, e);

	*folded = 0;
	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_text(st, 2, key);
	db_int(st, 3, held);
	db_int(st, 4, EVENT_RESOLVED);
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
	db_int(st, 3, held);
	db_int(st, 4, EVENT_RESOLVED);
	return db_do(s, st, "outbox", e);
}

#define COLUMNS                                                                                    \
	"id, sink, event, \"key\", type, kind, created, body, tries, due, folded, reason, sum, "   \
	"level, refusals, title"

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
		.reason = db_column(st, 11, a),
		.level = (enum level)sqlite3_column_int(st, 13),
		.refusals = (uint32_t)sqlite3_column_int(st, 14),
		.title = db_column(st, 15, a) };
	body = arena_alloc(a, l->len + 1);
	if (l->len > 0)
		memcpy(body, sqlite3_column_blob(st, 7), l->len);
	l->body = body;
	return sum_of(l) == (uint64_t)sqlite3_column_int64(st, 12) && l->kind < EVENT_KINDS &&
	       l->level < LEVEL_N;
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

/* Of those that may go: all, or only what is urgent; the oldest of each key goes first. */
#define URGENT "(level = ?2 OR kind = ?3)"
#define MAY_JOIN "(title <> '' AND tries = 0 AND refusals = 0)"
/* What could have been in a summary waits until the one on its way is out: it may be about the
 * same alert. */
#define BEHIND_A_SUMMARY                                                                           \
	MAY_JOIN                                                                                   \
	" AND EXISTS(SELECT 1 FROM letters WHERE sink = ?1 AND kind = ?7 AND due <> " PARKED       \
	" AND (?4 OR " URGENT "))"
#define FIRST_OF_KEY                                                                               \
	" FROM letters l WHERE sink = ?1 AND (?4 OR " URGENT                                       \
	") AND id = (SELECT min(id) FROM letters WHERE sink = ?1 AND \"key\" = l.\"key\" AND (?4 " \
	"OR " URGENT ")) AND NOT (" BEHIND_A_SUMMARY ")"

static sqlite3_stmt *
first_of_keys(struct store *s, const char *sql, const char *sink, bool urgent, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL)
		return NULL;
	db_text(st, 1, sink);
	db_int(st, 2, LEVEL_STOP);
	db_int(st, 3, EVENT_TEST);
	db_int(st, 4, !urgent);
	db_int(st, 7, EVENT_SUMMARY);
	return st;
}

/* Runs a statement of first_of_keys whose ?5 is bound. */
static int
read_letters(struct store *s, sqlite3_stmt *st, size_t max, struct arena *a,
    struct store_letter **out, size_t *n, struct err *e)
{
	int rc;

	*out = arena_array(a, max + 1, sizeof(**out));
	*n = 0;
	db_int(st, 6, (int64_t)max);
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
store_letters_due(struct store *s, const char *sink, bool urgent, span boot, size_t max,
    struct arena *a, struct store_letter **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = first_of_keys(s,
	    "SELECT " COLUMNS FIRST_OF_KEY " AND due <= ?5 ORDER BY id LIMIT ?6", sink, urgent, e);

	if (st == NULL)
		return -1;
	db_int(st, 5, boot);
	return read_letters(s, st, max, a, out, n, e);
}

int
store_letters_company(struct store *s, const char *sink, bool urgent, size_t max, struct arena *a,
    struct store_letter **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = first_of_keys(s,
	    "SELECT " COLUMNS FIRST_OF_KEY " AND " MAY_JOIN " AND due < " PARKED
	    " ORDER BY id LIMIT ?6",
	    sink, urgent, e);

	return st == NULL ? -1 : read_letters(s, st, max, a, out, n, e);
}

int
store_letters_put_off(struct store *s, const char *sink, span due, struct err *e)
{
	sqlite3_stmt *st = db_prepare(
	    s, "UPDATE letters SET due = ?2 WHERE sink = ?1 AND due < ?2 AND " MAY_JOIN, e);

	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_int(st, 2, due);
	return db_do(s, st, "outbox", e);
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

/* Of the letters before it of its key nothing is to be told any more. */
int
store_letter_delivered(struct store *s, const struct store_letter *l, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "DELETE FROM letters WHERE sink = ?1 AND \"key\" = ?2 AND id <= ?3", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, l->sink);
	db_text(st, 2, l->key);
	db_int(st, 3, l->row);
	return db_do(s, st, "outbox", e);
}

int
store_letter_refused(
    struct store *s, const struct store_letter *l, span due, const char *reason, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "UPDATE letters SET tries = tries + 1, refusals = refusals + 1, due = ?2, reason = ?3"
	    " WHERE id = ?1",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 1, l->row);
	db_int(st, 2, due);
	db_text(st, 3, reason);
	return db_do(s, st, "outbox", e);
}

int
store_letters_behind(struct store *s, const struct store_letter *l, bool *any, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT EXISTS(SELECT 1 FROM letters WHERE sink = ?1 AND \"key\" = ?2 AND id > ?3)", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, l->sink);
	db_text(st, 2, l->key);
	db_int(st, 3, l->row);
	if (db_step(s, st, "outbox", e) != 1)
		return -1;
	*any = sqlite3_column_int(st, 0) != 0;
	db_end(st);
	return 0;
}

int
store_letters_wake(struct store *s, const char *sink, bool parked, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "UPDATE letters SET due = 0 WHERE sink = ?1 AND due >= ?2", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_int(st, 2, parked ? SPAN_MAX : 1);
	return db_do(s, st, "outbox", e);
}

int
store_letters_forget(struct store *s, const char *sink, const char *key, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "DELETE FROM letters WHERE sink = ?1 AND \"key\" = ?2", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, sink);
	db_text(st, 2, key);
	return db_do(s, st, "outbox", e);
}

int
store_letters_restart(struct store *s, struct err *e)
{
	return db_exec(
	    s, "UPDATE letters SET due = 0 WHERE due > 0 AND due < " PARKED, "outbox", e);
}

int
store_letters_next(struct store *s, const char *sink, bool urgent, span *due, struct err *e)
{
	sqlite3_stmt *st = first_of_keys(s, "SELECT min(due)" FIRST_OF_KEY, sink, urgent, e);

	*due = SPAN_MAX;
	if (st == NULL || db_step(s, st, "outbox", e) != 1)
		return -1;
	if (sqlite3_column_type(st, 0) != SQLITE_NULL)
		*due = sqlite3_column_int64(st, 0);
	db_end(st);
	return 0;
}
