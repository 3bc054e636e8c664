/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what silences and exceptions share: how many silences and exceptions there are, and the end
 * of old ones.
 */
#include "store/db.h"

static int
count(struct store *s, const char *sql, uint64_t *out, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL || db_step(s, st, "a count", e) < 0)
		return -1;
	*out = (uint64_t)sqlite3_column_int64(st, 0);
	db_end(st);
	return 0;
}

int
store_pauses(struct store *s, struct store_pauses *out, struct err *e)
{
	*out = (struct store_pauses){ 0 };
	if (count(s, "SELECT count(*) FROM silences", &out->silences, e) < 0)
		return -1;
	return count(s, "SELECT count(*) FROM exceptions", &out->exceptions, e);
}

static int
prune(struct store *s, const char *sql, instant before, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	db_int(st, 1, before);
	return db_do(s, st, "what has ended", e);
}

int
store_pauses_prune(struct store *s, instant now, struct err *e)
{
	instant before = instant_plus(now, -STORE_PAUSES_KEPT);

	if (prune(s, "DELETE FROM silences WHERE until < ?", before, e) < 0)
		return -1;
	return prune(s, "DELETE FROM exceptions WHERE until < ?", before, e);
}
