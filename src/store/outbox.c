/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the size of the outbox: what waits, what was dropped, and which letter goes first when there
 * is no room.
 */
#include "store/db.h"

#include <stdio.h>
#include <string.h>

#define DROPPED "dropped"
#define DROPPED_NAME 96 /* bytes, with the id of a sink */
#define ARENA_MAX ((size_t)1 << 20)
#define BOUND_ROWS 100 /* dropped in one go */

/* The number of the store that counts what was dropped of the sink; NULL: of all together. */
static const char *
dropped_name(const char *sink, char name[DROPPED_NAME])
{
	snprintf(
	    name, DROPPED_NAME, DROPPED "%s%s", sink != NULL ? ":" : "", sink != NULL ? sink : "");
	return name;
}

int
store_outbox(struct store *s, const char *sink, struct store_outbox *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT count(*), coalesce(sum(length(body)), 0), min(created) FROM letters"
	    " WHERE ?1 IS NULL OR sink = ?1",
	    e);
	char name[DROPPED_NAME];
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
	if (store_number(s, dropped_name(sink, name), 0, &dropped, e) < 0)
		return -1;
	out->dropped = (uint64_t)dropped;
	return 0;
}

static int
count_up(struct store *s, const char *sink, int64_t n, struct err *e)
{
	char name[DROPPED_NAME];
	int64_t before;

	if (store_number(s, dropped_name(sink, name), 0, &before, e) < 0)
		return -1;
	return store_set_number(s, name, before + n, e);
}

int
store_letters_dropped(struct store *s, const char *sink, int64_t n, struct err *e)
{
	return count_up(s, NULL, n, e) < 0 ? -1 : count_up(s, sink, n, e);
}

/* What is worth least goes first: heartbeats, digests, reminders, then the oldest. */
static int
drop_some(struct store *s, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "DELETE FROM letters WHERE id IN (SELECT id FROM letters ORDER BY"
	    " CASE kind WHEN ?1 THEN 0 WHEN ?2 THEN 1 WHEN ?3 THEN 2 ELSE 3 END, id LIMIT ?4)"
	    " RETURNING sink",
	    e);
	struct arena *a = arena_new(ARENA_MAX);
	const char *sinks[BOUND_ROWS];
	size_t n = 0;
	int rc;

	if (st == NULL) {
		arena_free(a);
		return -1;
	}
	db_int(st, 1, EVENT_HEARTBEAT);
	db_int(st, 2, EVENT_DIGEST);
	db_int(st, 3, EVENT_REMINDER);
	db_int(st, 4, BOUND_ROWS);
	while ((rc = db_step(s, st, "outbox", e)) == 1)
		if (n < BOUND_ROWS)
			sinks[n++] = db_column(st, 0, a);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = store_letters_dropped(s, sinks[i], 1, e);
	arena_free(a);
	return rc;
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
