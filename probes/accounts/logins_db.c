/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading the SQLite databases of login times, read-only.
 */
#include "logins_db.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#define US 1000000 /* wtmp.db counts microseconds, lastlog2.db seconds */

void
logins_take(struct logins *l, struct etc_account *account, int64_t at, const char *how)
{
	if (at <= 0)
		return;
	l->rows++;
	if (at > l->newest)
		l->newest = at;
	if (account == NULL || at <= account->login)
		return;
	account->login = at;
	account->how = how;
}

/* Nothing of what lies in the file is run, and what it asks for has limits. */
static void
tame(sqlite3 *db)
{
	sqlite3_hard_heap_limit64(LOGINS_MEMORY);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 16);
	sqlite3_busy_timeout(db, LOGINS_BUSY_WAIT);
	sqlite3_exec(db,
	    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON;", NULL,
	    NULL, NULL);
}

static const char *
text_of(sqlite3_stmt *st, int column, struct arena *a)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	return text != NULL ? arena_text(a, text) : "";
}

/* Rows of name, time, service. The newest row of an account counts, whatever opened it: a change to
 * another account (su) is a use of that account too. */
static int
rows(sqlite3 *db, const char *sql, int64_t unit, struct etc *e, struct arena *a, struct logins *l)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	size_t n = 0;

	while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(st, 0);

		if (n++ == LOGINS_ROWS_MAX)
			rc = SQLITE_TOOBIG;
		else
			rc = SQLITE_OK;
		if (name != NULL)
			logins_take(l, etc_find(e, name), sqlite3_column_int64(st, 1) / unit,
			    text_of(st, 2, a));
	}
	sqlite3_finalize(st);
	return rc;
}

/* The path in a URI (https://sqlite.org/uri.html). */
static const char *
uri_of(const char *path, struct arena *a)
{
	char *out = arena_alloc(a, 3 * strlen(path) + sizeof("file:?mode=ro")), *to = out;

	to = stpcpy(to, "file:");
	for (; *path != '\0'; path++)
		if (strchr("?#%", *path) != NULL)
			to = stpcpy(to, *path == '?' ? "%3F" : *path == '#' ? "%23" : "%25");
		else
			*to++ = *path;
	stpcpy(to, "?mode=ro");
	return out;
}

static int
is_there(sqlite3 *db, const char *table, bool *out)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(
	    db, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", -1, &st, NULL);

	if (rc == SQLITE_OK && (rc = sqlite3_bind_text(st, 1, table, -1, NULL)) == SQLITE_OK)
		rc = sqlite3_step(st);
	*out = rc == SQLITE_ROW;
	sqlite3_finalize(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int
read_tables(sqlite3 *db, struct etc *e, struct arena *a, struct logins *l)
{
	bool lastlog2 = false, wtmp = false;
	int rc = is_there(db, "Lastlog2", &lastlog2);

	if (rc == SQLITE_OK)
		rc = is_there(db, "wtmp", &wtmp);
	if (rc != SQLITE_OK)
		return rc;
	if (lastlog2)
		return rows(db, "SELECT Name, Time, Service FROM Lastlog2", 1, e, a, l);
	if (wtmp) /* type 3 is a person's session, 1 a start of the computer */
		return rows(db,
		    "SELECT User, max(Login), Service FROM wtmp WHERE Type = 3 GROUP BY User", US,
		    e, a, l);
	return SQLITE_MISMATCH;
}

int
logins_db(const char *path, struct etc *accounts, struct arena *a, struct logins *l, struct err *e)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(uri_of(path, a), &db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (rc == SQLITE_OK) {
		tame(db);
		rc = read_tables(db, accounts, a, l);
	}
	sqlite3_close_v2(db);
	if (rc == SQLITE_DONE || rc == SQLITE_OK)
		return 0;
	if (rc == SQLITE_MISMATCH)
		return err_set(e, ERR_PARSE, "it has no table of logins that is known");
	return err_set(e, ERR_PARSE, "%s", sqlite3_errstr(rc));
}
