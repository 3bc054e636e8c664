/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of what happened: states, blind spans, dates, weeks.
 */
#include "store/records.h"

#include "store/db.h"

#define WHAT "records"
#define SECONDS_OF_WEEK ((int64_t)7 * 86400)
#define THING "(SELECT id FROM things WHERE fingerprint = ?1)"

/* ---- weeks of the calendar */

int64_t
store_week_of(instant t)
{
	/* 1970-01-01 was a Thursday */
	int64_t s = t / INSTANT_S - (t % INSTANT_S < 0) + (int64_t)3 * 86400;

	return s / SECONDS_OF_WEEK - (s % SECONDS_OF_WEEK < 0);
}

instant
store_week_begin(int64_t week)
{
	return (week * SECONDS_OF_WEEK - (int64_t)3 * 86400) * INSTANT_S;
}

/* ---- writing */

/* A statement whose ?1 is the fingerprint, of a thing that is there from now on. */
static sqlite3_stmt *
prepare_for(struct store *s, const char *thing, const char *sql, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "INSERT INTO things(fingerprint) VALUES(?) ON CONFLICT DO NOTHING", e);

	if (st == NULL)
		return NULL;
	db_text(st, 1, thing);
	if (db_do(s, st, WHAT, e) < 0)
		return NULL;
	st = db_prepare(s, sql, e);
	if (st != NULL)
		db_text(st, 1, thing);
	return st;
}

int
store_state_put(struct store *s, const char *thing, const struct store_state *v, struct err *e)
{
	sqlite3_stmt *st = prepare_for(s, thing,
	    "INSERT OR REPLACE INTO states(thing, at, level, since) VALUES(" THING ", ?2, ?3, ?4)",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 2, v->at);
	db_int(st, 3, v->level);
	db_int(st, 4, v->since);
	return db_do(s, st, WHAT, e);
}

int
store_blind_put(struct store *s, const char *thing, const struct store_blind *v, struct err *e)
{
	sqlite3_stmt *st = prepare_for(s, thing,
	    "UPDATE blind SET until = max(until, ?3) WHERE thing = " THING " AND since = (SELECT"
	    " max(since) FROM blind WHERE thing = " THING ") AND since <= ?2 AND until >= ?2",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 2, v->since);
	db_int(st, 3, v->until);
	if (db_do(s, st, WHAT, e) < 0)
		return -1;
	if (sqlite3_changes(s->db) > 0)
		return 0;
	st = prepare_for(s, thing,
	    "INSERT OR REPLACE INTO blind(thing, since, until) VALUES(" THING ", ?2, ?3)", e);
	if (st == NULL)
		return -1;
	db_int(st, 2, v->since);
	db_int(st, 3, v->until);
	return db_do(s, st, WHAT, e);
}

int
store_date_put(struct store *s, const char *thing, const struct store_date *v, struct err *e)
{
	sqlite3_stmt *st = prepare_for(s, thing,
	    "INSERT OR REPLACE INTO dates(thing, first_seen, at, last_seen, life, kind, outcome,"
	    " renewed_by) VALUES(" THING ", ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 2, v->first_seen);
	db_int(st, 3, v->at);
	db_int(st, 4, v->last_seen);
	db_int(st, 5, v->life);
	db_int(st, 6, v->kind);
	db_int(st, 7, v->outcome);
	db_int(st, 8, v->renewed_by);
	return db_do(s, st, WHAT, e);
}

int
store_dates_gone(struct store *s, const char *prefix, instant before, instant taken, int early,
    int late, struct err *e)
{
	/* U+10FFFF: nothing that begins with the prefix comes behind it */
	sqlite3_stmt *st = db_prepare(s,
	    "UPDATE dates SET outcome = CASE WHEN at >= ?3 THEN ?4 ELSE ?5 END WHERE outcome = 0"
	    " AND last_seen <= ?2 AND thing IN (SELECT id FROM things WHERE fingerprint >= ?1 AND"
	    " fingerprint < ?1 || char(1114111))",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, prefix);
	db_int(st, 2, before);
	db_int(st, 3, taken);
	db_int(st, 4, early);
	db_int(st, 5, late);
	return db_do(s, st, WHAT, e);
}

static int
add_to_week(struct store *s, const char *thing, int64_t week, int64_t seconds,
    const int64_t alerts[LEVEL_N], struct err *e)
{
	sqlite3_stmt *st = prepare_for(s, thing,
	    "INSERT INTO weeks(thing, week, covered, plan, unknown, act, stop) VALUES(" THING
	    ", ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET covered = covered +"
	    " excluded.covered, plan = plan + excluded.plan, unknown = unknown + excluded.unknown,"
	    " act = act + excluded.act, stop = stop + excluded.stop",
	    e);

	if (st == NULL)
		return -1;
	db_int(st, 2, week);
	db_int(st, 3, seconds);
	for (int l = LEVEL_PLAN; l < LEVEL_N; l++)
		db_int(st, 3 + l, alerts[l]);
	return db_do(s, st, WHAT, e);
}

int
store_week_cover(struct store *s, const char *thing, instant from, instant to, struct err *e)
{
	static const int64_t none[LEVEL_N];

	while (from < to) {
		int64_t week = store_week_of(from);
		instant end = store_week_begin(week + 1);

		if (end > to)
			end = to;
		/* whole seconds of the clock, so that spans that touch add up */
		if (add_to_week(s, thing, week, end / INSTANT_S - from / INSTANT_S, none, e) < 0)
			return -1;
		from = end;
	}
	return 0;
}

int
store_week_alert(struct store *s, const char *thing, instant at, enum level level, struct err *e)
{
	int64_t alerts[LEVEL_N] = { 0 };

	alerts[level] = 1;
	return add_to_week(s, thing, store_week_of(at), 0, alerts, e);
}

/* ---- reading */

static sqlite3_stmt *
ask(struct store *s, const char *thing, const char *sql, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st != NULL)
		db_text(st, 1, thing);
	return st;
}

int
store_states(struct store *s, const char *thing, struct arena *a, struct store_state **out,
    size_t *n, struct err *e)
{
	sqlite3_stmt *st = ask(
	    s, thing, "SELECT at, level, since FROM states WHERE thing = " THING " ORDER BY at", e);
	size_t cap = 0;
	int rc = -1;

	*out = NULL;
	*n = 0;
	while (st != NULL && (rc = db_step(s, st, WHAT, e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++] = (struct store_state){ sqlite3_column_int64(st, 0),
			sqlite3_column_int(st, 1), sqlite3_column_int64(st, 2) };
	}
	return rc;
}

int
store_blinds(struct store *s, const char *thing, struct arena *a, struct store_blind **out,
    size_t *n, struct err *e)
{
	sqlite3_stmt *st = ask(
	    s, thing, "SELECT since, until FROM blind WHERE thing = " THING " ORDER BY since", e);
	size_t cap = 0;
	int rc = -1;

	*out = NULL;
	*n = 0;
	while (st != NULL && (rc = db_step(s, st, WHAT, e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++] = (struct store_blind){ sqlite3_column_int64(st, 0),
			sqlite3_column_int64(st, 1) };
	}
	return rc;
}

#define DATE_COLUMNS                                                                               \
	"SELECT at, first_seen, last_seen, life, kind, outcome, renewed_by FROM dates WHERE"       \
	" thing = " THING

static struct store_date
date_of(sqlite3_stmt *st)
{
	return (struct store_date){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
		sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3), sqlite3_column_int(st, 4),
		sqlite3_column_int(st, 5), sqlite3_column_int(st, 6) };
}

int
store_date_standing(
    struct store *s, const char *thing, struct store_date *out, bool *there, struct err *e)
{
	sqlite3_stmt *st =
	    ask(s, thing, DATE_COLUMNS " AND outcome = 0 ORDER BY first_seen DESC LIMIT 1", e);
	int rc;

	*there = false;
	if (st == NULL)
		return -1;
	rc = db_step(s, st, WHAT, e);
	if (rc != 1)
		return rc;
	*out = date_of(st);
	*there = true;
	db_end(st);
	return 0;
}

int
store_dates(struct store *s, const char *thing, struct arena *a, struct store_date **out, size_t *n,
    struct err *e)
{
	sqlite3_stmt *st = ask(s, thing, DATE_COLUMNS " ORDER BY first_seen", e);
	size_t cap = 0;
	int rc = -1;

	*out = NULL;
	*n = 0;
	while (st != NULL && (rc = db_step(s, st, WHAT, e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++] = date_of(st);
	}
	return rc;
}

int
store_weeks(struct store *s, const char *thing, struct arena *a, struct store_week **out, size_t *n,
    struct err *e)
{
	sqlite3_stmt *st = ask(s, thing,
	    "SELECT week, covered, plan, unknown, act, stop FROM weeks WHERE thing = " THING
	    " ORDER BY week",
	    e);
	size_t cap = 0;
	int rc = -1;

	*out = NULL;
	*n = 0;
	while (st != NULL && (rc = db_step(s, st, WHAT, e)) == 1) {
		struct store_week w = { .week = sqlite3_column_int64(st, 0),
			.covered = sqlite3_column_int64(st, 1) };

		for (int l = LEVEL_PLAN; l < LEVEL_N; l++)
			w.alerts[l] = sqlite3_column_int64(st, 1 + l);
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++] = w;
	}
	return rc;
}
