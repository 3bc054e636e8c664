/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of named numbers.
 */
#include "store/db.h"

#include <string.h>

/* Of a number that schema 3 wrote, or a person by hand, there is no checksum (NULL): it is
 * believed.
 */
static uint64_t
sum_of(const char *name, int64_t v)
{
	return db_sum_int(db_sum_text(DB_SUM, name), v);
}

static bool
is_sound(sqlite3_stmt *st, const char *name)
{
	return name != NULL && (sqlite3_column_type(st, 1) == SQLITE_NULL ||
				   (uint64_t)sqlite3_column_int64(st, 1) ==
				       sum_of(name, sqlite3_column_int64(st, 0)));
}

static bool
sound(sqlite3_stmt *st)
{
	return is_sound(st, (const char *)sqlite3_column_text(st, 2));
}

const struct db_check numbers_check = { "SELECT v, sum, name FROM numbers", sound,
	"DELETE FROM numbers WHERE name = ?" };

int
store_number(struct store *s, const char *name, int64_t dflt, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT v, sum FROM numbers WHERE name = ?", e);
	int rc;

	*out = dflt;
	if (st == NULL)
		return -1;
	db_text(st, 1, name);
	rc = db_step(s, st, name, e);
	if (rc != 1)
		return rc;
	if (is_sound(st, name)) {
		*out = sqlite3_column_int64(st, 0);
		rc = 0;
	} else {
		rc = db_bad_row(s, name, e);
	}
	db_end(st);
	return rc;
}

int
store_numbers(struct store *s, const char *prefix,
    void (*each)(void *self, const char *rest, int64_t v), void *self, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT v, sum, name FROM numbers WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
	    e);
	int rc;

	if (st == NULL)
		return -1;
	db_text(st, 1, prefix);
	while ((rc = db_step(s, st, "numbers", e)) == 1) {
		if (!sound(st)) {
			db_end(st);
			return db_bad_row(s, "numbers", e);
		}
		each(self, (const char *)sqlite3_column_text(st, 2) + strlen(prefix),
		    sqlite3_column_int64(st, 0));
	}
	return rc < 0 ? -1 : 0;
}

int
store_set_number(struct store *s, const char *name, int64_t v, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO numbers(name, v, sum) VALUES(?, ?, ?) ON CONFLICT(name) DO UPDATE SET"
	    " v = excluded.v, sum = excluded.sum",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, name);
	db_int(st, 2, v);
	db_int(st, 3, (int64_t)sum_of(name, v));
	if (db_do(s, st, name, e) < 0)
		return -1;
	if (strcmp(name, STORE_SEQUENCE) == 0)
		s->sequence = v;
	else if (strncmp(name, STORE_KEPT, strlen(STORE_KEPT)) == 0)
		s->opens.changed = true;
	return 0;
}
