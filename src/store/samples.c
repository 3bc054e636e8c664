/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tables of results and samples: what was measured.
 */
#include "store/db.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t
result_sum(const char *check, const struct store_result *r)
{
	uint64_t sum = db_sum_text(DB_SUM, check);

	sum = db_sum_int(sum, r->taken);
	sum = db_sum_int(sum, r->valid_until);
	return db_sum(db_sum_int(sum, r->took), r->frames, r->len);
}

int
store_result_put(struct store *s, const char *check, const struct store_result *r, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT OR REPLACE INTO results(\"check\", taken, valid_until, took, frames, sum)"
	    " VALUES(?,?,?,?,?,?)",
	    e);

	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	db_int(st, 2, r->taken);
	db_int(st, 3, r->valid_until);
	db_int(st, 4, r->took);
	db_blob(st, 5, r->frames, r->len);
	db_int(st, 6, (int64_t)result_sum(check, r));
	return db_do(s, st, "results", e);
}

/* taken, valid_until, took, frames and sum are the first columns; frames are lent. false: damaged.
 */
static bool
read_result(sqlite3_stmt *st, const char *check, struct store_result *r)
{
	*r = (struct store_result){ .taken = sqlite3_column_int64(st, 0),
		.valid_until = sqlite3_column_int64(st, 1),
		.took = sqlite3_column_int64(st, 2),
		.frames = sqlite3_column_blob(st, 3),
		.len = (size_t)sqlite3_column_bytes(st, 3) };
	if (r->frames == NULL)
		r->frames = "";
	return result_sum(check, r) == (uint64_t)sqlite3_column_int64(st, 4);
}

static bool
sound(sqlite3_stmt *st)
{
	const char *check = (const char *)sqlite3_column_text(st, 5);
	struct store_result r;

	return check != NULL && read_result(st, check, &r);
}

const struct db_check results_check = {
	"SELECT taken, valid_until, took, frames, sum, \"check\", rowid FROM results", sound,
	"DELETE FROM results WHERE rowid = ?"
};

int
store_result_get(struct store *s, const char *check, struct arena *a, struct store_result *r,
    bool *there, struct err *e)
{
	sqlite3_stmt *st = db_prepare(
	    s, "SELECT taken, valid_until, took, frames, sum FROM results WHERE \"check\" = ?", e);
	void *copy;
	int rc;

	*there = false;
	if (st == NULL)
		return -1;
	db_text(st, 1, check);
	rc = db_step(s, st, "results", e);
	if (rc != 1)
		return rc;
	*there = read_result(st, check, r);
	if (!*there) {
		rc = db_bad_row(s, "results", e);
	} else {
		rc = 0;
		copy = arena_alloc(a, r->len + 1);
		memcpy(copy, r->frames, r->len);
		r->frames = copy;
	}
	db_end(st);
	return rc;
}

static int
series(struct store *s, const char *fingerprint, const char *metric, int64_t *id, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO series(fingerprint, metric) VALUES(?, ?) ON CONFLICT DO UPDATE SET"
	    " metric = excluded.metric RETURNING id",
	    e);
	int rc;

	if (st == NULL)
		return -1;
	db_text(st, 1, fingerprint);
	db_text(st, 2, metric);
	rc = db_step(s, st, "samples", e);
	if (rc == 1) {
		*id = sqlite3_column_int64(st, 0);
		db_end(st);
	}
	return rc == 1 ? 0 : -1;
}

static void
bind_real(sqlite3_stmt *st, int at, double v)
{
	if (isnan(v))
		sqlite3_bind_null(st, at);
	else
		sqlite3_bind_double(st, at, v);
}

int
store_sample_put(struct store *s, const char *fingerprint, const char *metric,
    const struct sample *v, struct err *e)
{
	sqlite3_stmt *st;
	int64_t id;

	if (series(s, fingerprint, metric, &id, e) < 0)
		return -1;
	st = db_prepare(
	    s, "INSERT OR REPLACE INTO samples(series, at, value, bound) VALUES(?,?,?,?)", e);
	if (st == NULL)
		return -1;
	db_int(st, 1, id);
	db_int(st, 2, v->at);
	bind_real(st, 3, v->value);
	bind_real(st, 4, v->bound);
	return db_do(s, st, "samples", e);
}

static double
real_of(sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL ? NAN : sqlite3_column_double(st, at);
}

int
store_samples_move(struct store *s, const char *from, const char *to, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "UPDATE OR IGNORE series SET fingerprint = ? WHERE fingerprint = ?", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, to);
	db_text(st, 2, from);
	return db_do(s, st, "samples", e);
}

int
store_samples(struct store *s, const char *fingerprint, const char *metric, size_t max,
    struct arena *a, struct sample **out, size_t *n, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "SELECT at, value, bound FROM samples WHERE series = (SELECT id FROM series WHERE"
	    " fingerprint = ? AND metric = ?) ORDER BY at DESC LIMIT ?",
	    e);
	size_t cap = 0;
	int rc;

	*out = NULL;
	*n = 0;
	if (st == NULL)
		return -1;
	db_text(st, 1, fingerprint);
	db_text(st, 2, metric);
	db_int(st, 3, (int64_t)max);
	while ((rc = db_step(s, st, "samples", e)) == 1) {
		*out = arena_grow(a, *out, *n, &cap, sizeof(**out));
		(*out)[(*n)++] =
		    (struct sample){ sqlite3_column_int64(st, 0), real_of(st, 1), real_of(st, 2) };
	}
	for (size_t i = 0; i < *n / 2; i++) {
		struct sample swap = (*out)[i];

		(*out)[i] = (*out)[*n - 1 - i];
		(*out)[*n - 1 - i] = swap;
	}
	return rc;
}

#define THIN_MAX 16384 /* samples of one series that are looked at */

static int
thin_series(struct store *s, int64_t id, instant now,
    size_t (*thin)(const instant *at, size_t n, instant now, bool *drop), struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "SELECT at FROM samples WHERE series = ? ORDER BY at LIMIT ?", e);
	instant *at = calloc(THIN_MAX, sizeof(*at));
	bool *drop = calloc(THIN_MAX, sizeof(*drop));
	size_t n = 0;
	int rc = -1;

	if (st == NULL || at == NULL || drop == NULL)
		goto out;
	db_int(st, 1, id);
	db_int(st, 2, THIN_MAX);
	while ((rc = db_step(s, st, "samples", e)) == 1)
		at[n++] = sqlite3_column_int64(st, 0);
	if (rc < 0 || thin(at, n, now, drop) == 0)
		goto out;
	st = db_prepare(s, "DELETE FROM samples WHERE series = ? AND at = ?", e);
	for (size_t i = 0; st != NULL && rc == 0 && i < n; i++)
		if (drop[i]) {
			db_int(st, 1, id);
			db_int(st, 2, at[i]);
			rc = db_do(s, st, "samples", e);
		}
out:
	free(at);
	free(drop);
	return rc;
}

int
store_thin(struct store *s, instant now,
    size_t (*thin)(const instant *at, size_t n, instant now, bool *drop), struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "SELECT min(id) FROM series WHERE id > ?", e);
	int64_t id = 0;
	int rc;

	if (st == NULL)
		return -1;
	for (;;) {
		db_int(st, 1, id);
		rc = db_step(s, st, "samples", e);
		if (rc != 1)
			return rc;
		if (sqlite3_column_type(st, 0) == SQLITE_NULL) {
			db_end(st);
			return 0;
		}
		id = sqlite3_column_int64(st, 0);
		db_end(st);
		if (thin_series(s, id, now, thin, e) < 0)
			return -1;
	}
}
