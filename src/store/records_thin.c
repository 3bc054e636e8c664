/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how long records are kept, and how many.
 */
#include "store/db.h"
#include "store/records.h"

#define WHAT "records"

/* What a limit deletes: ?1 the moment, week or number that it is about. */
static int
drop(struct store *s, const char *sql, int64_t limit, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	db_int(st, 1, limit);
	return db_do(s, st, WHAT, e);
}

/* The oldest rows of things that have more than ?1 of them. */
#define DROP_BEYOND(table, moment)                                                                 \
	"DELETE FROM " table " WHERE thing IN (SELECT thing FROM " table                           \
	" GROUP BY thing HAVING count(*) > ?1) AND " moment " <= (SELECT o." moment " FROM " table \
	" AS o WHERE o.thing = " table ".thing ORDER BY o." moment " DESC LIMIT 1 OFFSET ?1)"

/* The newest row before the limit stays: it says how things stood at the limit. So does the newest
 * of each thing. */
static int
drop_states(struct store *s, instant oldest, struct err *e)
{
	if (drop(s,
		"DELETE FROM states WHERE at < (SELECT max(at) FROM states AS o WHERE"
		" o.thing = states.thing AND o.at <= ?1)",
		oldest, e) < 0 ||
	    drop(s, DROP_BEYOND("states", "at"), RECORD_ROWS_MAX, e) < 0)
		return -1;
	return drop(s,
	    "DELETE FROM states WHERE (SELECT count(*) FROM states) > ?1 AND at <= (SELECT at FROM"
	    " states ORDER BY at DESC LIMIT 1 OFFSET ?1) AND at < (SELECT max(at) FROM states AS o"
	    " WHERE o.thing = states.thing)",
	    RECORD_STATES_MAX, e);
}

static int
drop_blind(struct store *s, instant oldest, struct err *e)
{
	if (drop(s, "DELETE FROM blind WHERE until < ?1", oldest, e) < 0)
		return -1;
	return drop(s, DROP_BEYOND("blind", "since"), RECORD_ROWS_MAX, e);
}

static int
drop_dates(struct store *s, instant oldest, struct err *e)
{
	if (drop(s, "DELETE FROM dates WHERE outcome <> 0 AND last_seen < ?1", oldest, e) < 0)
		return -1;
	return drop(s, DROP_BEYOND("dates", "first_seen"), RECORD_ROWS_MAX, e);
}

int
store_records_thin(struct store *s, instant now, struct err *e)
{
	if (drop_states(s, instant_plus(now, -RECORD_DAYS), e) < 0 ||
	    drop_blind(s, instant_plus(now, -RECORD_DAYS), e) < 0 ||
	    drop_dates(s, instant_plus(now, -RECORD_DATES_DAYS), e) < 0 ||
	    drop(s, "DELETE FROM weeks WHERE week <= ?1", store_week_of(now) - RECORD_WEEKS, e) < 0)
		return -1;
	return db_exec(s,
	    "DELETE FROM things WHERE id NOT IN (SELECT thing FROM states UNION SELECT thing FROM"
	    " blind UNION SELECT thing FROM dates UNION SELECT thing FROM weeks)",
	    WHAT, e);
}

int
store_records_move(struct store *s, const char *from, const char *to, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "UPDATE OR IGNORE things SET fingerprint = ? WHERE fingerprint = ?", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, to);
	db_text(st, 2, from);
	return db_do(s, st, WHAT, e);
}
