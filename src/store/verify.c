/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the questions that a database must answer before it is believed.
 */
#include "store/verify.h"

#include <string.h>

#define ROW_MAX ((int64_t)STORE_LETTER_BYTES_MAX) /* bytes; nothing longer was ever written */

static const struct db_check *const checks[] = { &numbers_check, &results_check, &standings_check,
	&letters_check, &silences_check, &exceptions_check, &accepts_check, &keeps_check };
#define CHECKS (sizeof(checks) / sizeof(checks[0]))

static bool
is_sound(const struct db_check *c, sqlite3_stmt *st)
{
	int64_t bytes = 0;

	for (int i = 0; i < sqlite3_column_count(st); i++)
		bytes += sqlite3_column_bytes(st, i);
	return bytes <= ROW_MAX && c->sound(st);
}

static int
drop_row(struct store *s, const struct db_check *c, sqlite3_stmt *row, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, c->drop, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_value(st, 1, sqlite3_column_value(row, sqlite3_column_count(row) - 1));
	return db_do(s, st, "a damaged row", e);
}

/* bad: NULL when the first bad row is the answer. */
static int
verify_table(
    struct store *s, const struct db_check *c, uint64_t *bad, uint64_t *good, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, c->select, e);
	int rc;

	if (st == NULL)
		return -1;
	while ((rc = db_step(s, st, "state", e)) == 1) {
		if (is_sound(c, st)) {
			*good += 1;
			continue;
		}
		if (bad == NULL) {
			db_end(st);
			return db_bad_row(s, "state", e);
		}
		*bad += 1;
		if (drop_row(s, c, st, e) < 0) {
			db_end(st);
			return -1;
		}
	}
	return rc;
}

int
verify_rows(struct store *s, uint64_t *bad, uint64_t *good, struct err *e)
{
	for (size_t i = 0; i < CHECKS; i++)
		if (verify_table(s, checks[i], bad, good, e) < 0)
			return -1;
	return 0;
}

static int
verify_structure(struct store *s, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "PRAGMA integrity_check(1)", e);
	const char *says;
	int rc = 0;

	if (st == NULL || db_step(s, st, "state", e) != 1)
		return -1;
	says = (const char *)sqlite3_column_text(st, 0);
	if (says == NULL || strcmp(says, "ok") != 0) {
		s->suspect = true;
		rc = err_set(e, ERR_PARSE, "state: %.200s", says != NULL ? says : "not readable");
	}
	db_end(st);
	return rc;
}

int
verify_all(struct store *s, struct err *e)
{
	uint64_t good = 0;

	if (schema_check(s, e) < 0 || verify_structure(s, e) < 0)
		return -1;
	return verify_rows(s, NULL, &good, e);
}
