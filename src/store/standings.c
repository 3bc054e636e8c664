/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of standings.
 */
#include "base/frame.h"
#include "store/db.h"
#include "store/opens.h"

#include <string.h>

#define FORM 1 /* of a standing's fields in their order */

static void
put_bits(struct frame *f, uint64_t v)
{
	frame_put_u32(f, (uint32_t)(v >> 32));
	frame_put_u32(f, (uint32_t)v);
}

static uint64_t
get_bits(struct frame *f)
{
	uint64_t high = frame_get_u32(f);

	return high << 32 | frame_get_u32(f);
}

void
standing_pack(struct frame *f, const struct standing *st)
{
	frame_put_u32(f, FORM);
	frame_put_u32(f, st->seen);
	frame_put_u32(f, (uint32_t)st->dated | (uint32_t)st->stale << 1 | (uint32_t)st->open << 2 |
			     (uint32_t)st->lost << 3 | (uint32_t)st->acked << 4 |
			     (uint32_t)st->flapping << 5);
	frame_put_i64(f, st->taken);
	frame_put_i64(f, st->valid_until);
	frame_put_i64(f, st->bad_at);
	frame_put_i64(f, st->fresh_for);
	frame_put_u32(f, st->turn);
	frame_put_u32(f, st->edge);
	frame_put_u32(f, st->times);
	frame_put_i64(f, st->turn_since);
	frame_put_u32(f, st->held);
	frame_put_i64(f, st->held_since);
	put_bits(f, st->alert);
	frame_put_i64(f, st->opened);
	frame_put_i64(f, st->told_at);
	frame_put_u32(f, st->told);
	frame_put_u32(f, st->worst);
	put_bits(f, st->told_to);
	frame_put_u32(f, st->gate);
	frame_put_u32(f, st->inventory);
	frame_put_i64(f, st->ack_until);
	frame_put_u32(f, st->flips);
	for (size_t i = 0; i < STANDING_CHANGES; i++)
		frame_put_i64(f, st->changes[i]);
}

bool
standing_unpack(struct frame *f, struct standing *st)
{
	uint32_t form = frame_get_u32(f), flags;

	memset(st, 0, sizeof(*st));
	st->seen = (enum level)frame_get_u32(f);
	flags = frame_get_u32(f);
	st->dated = flags & 1;
	st->stale = flags >> 1 & 1;
	st->open = flags >> 2 & 1;
	st->lost = flags >> 3 & 1;
	st->acked = flags >> 4 & 1;
	st->flapping = flags >> 5 & 1;
	st->taken = frame_get_i64(f);
	st->valid_until = frame_get_i64(f);
	st->bad_at = frame_get_i64(f);
	st->fresh_for = frame_get_i64(f);
	st->turn = (enum turn)frame_get_u32(f);
	st->edge = (enum level)frame_get_u32(f);
	st->times = frame_get_u32(f);
	st->turn_since = frame_get_i64(f);
	st->held = (enum level)frame_get_u32(f);
	st->held_since = frame_get_i64(f);
	st->alert = get_bits(f);
	st->opened = frame_get_i64(f);
	st->told_at = frame_get_i64(f);
	st->told = (enum level)frame_get_u32(f);
	st->worst = (enum level)frame_get_u32(f);
	st->told_to = get_bits(f);
	st->gate = (enum gate)frame_get_u32(f);
	st->inventory = (enum level)frame_get_u32(f);
	st->ack_until = frame_get_i64(f);
	st->flips = frame_get_u32(f);
	for (size_t i = 0; i < STANDING_CHANGES; i++)
		st->changes[i] = frame_get_i64(f);
	return frame_ok(f) && form == FORM && flags < 64 && standing_check(st, NULL) == 0;
}

static uint64_t
sum_of(const struct store_standing *row, const void *packed, size_t n)
{
	uint64_t sum = db_sum(DB_SUM, packed, n);

	sum = db_sum_text(sum, row->fingerprint);
	sum = db_sum_text(sum, row->check);
	sum = db_sum_text(sum, row->target);
	sum = db_sum_text(sum, row->rule);
	sum = db_sum_text(sum, row->title);
	sum = db_sum_text(sum, row->body);
	sum = db_sum_text(sum, row->acked_by);
	/* rows from before schema 7 have a sum without it */
	return row->note[0] != '\0' ? db_sum_text(sum, row->note) : sum;
}

#define COLUMNS "fingerprint, \"check\", target, rule, standing, title, body, acked_by, sum, note"

/* The row under the cursor; text lent until the next step. false: damaged. */
static bool
read_row(sqlite3_stmt *st, struct store_standing *out)
{
	struct frame f = { .data = (uint8_t *)(uintptr_t)sqlite3_column_blob(st, 4),
		.len = (size_t)sqlite3_column_bytes(st, 4) };
	const char **text[] = { &out->fingerprint, &out->check, &out->target, &out->rule, NULL,
		&out->title, &out->body, &out->acked_by, NULL, &out->note };

	for (int i = 0; i < 10; i++)
		if (text[i] != NULL) {
			*text[i] = (const char *)sqlite3_column_text(st, i);
			if (*text[i] == NULL)
				*text[i] = "";
		}
	return f.data != NULL &&
	       sum_of(out, f.data, f.len) == (uint64_t)sqlite3_column_int64(st, 8) &&
	       standing_unpack(&f, &out->st);
}

static bool
sound(sqlite3_stmt *st)
{
	struct store_standing row;

	return read_row(st, &row);
}

const struct db_check standings_check = { "SELECT " COLUMNS ", rowid FROM standings", sound,
	"DELETE FROM standings WHERE rowid = ?" };

int
store_standing_get(struct store *s, const char *fingerprint, struct arena *a,
    struct store_standing *out, bool *there, struct err *e)
{
	sqlite3_stmt *st =
	    db_prepare(s, "SELECT " COLUMNS " FROM standings WHERE fingerprint = ?", e);
	int rc;

	*there = false;
	if (st == NULL)
		return -1;
	db_text(st, 1, fingerprint);
	rc = db_step(s, st, "standings", e);
	if (rc != 1)
		return rc;
	*there = read_row(st, out);
	if (!*there) {
		rc = db_bad_row(s, "standings", e);
	} else {
		rc = 0;
		out->fingerprint = arena_text(a, out->fingerprint);
		out->check = arena_text(a, out->check);
		out->target = arena_text(a, out->target);
		out->rule = arena_text(a, out->rule);
		out->title = arena_text(a, out->title);
		out->body = arena_text(a, out->body);
		out->acked_by = arena_text(a, out->acked_by);
		out->note = arena_text(a, out->note);
	}
	db_end(st);
	return rc;
}

int
store_standing_put(struct store *s, const struct store_standing *row, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s,
	    "INSERT INTO standings(" COLUMNS
	    ") VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(fingerprint)"
	    " DO UPDATE SET standing = excluded.standing, title = excluded.title,"
	    " body = excluded.body, acked_by = excluded.acked_by, sum = excluded.sum,"
	    " note = excluded.note",
	    e);
	struct frame f;
	int rc;

	if (st == NULL)
		return -1;
	frame_init(&f, 0);
	standing_pack(&f, &row->st);
	db_text(st, 1, row->fingerprint);
	db_text(st, 2, row->check);
	db_text(st, 3, row->target);
	db_text(st, 4, row->rule);
	db_blob(st, 5, f.data, f.len);
	db_text(st, 6, row->title);
	db_text(st, 7, row->body);
	db_text(st, 8, row->acked_by);
	db_int(st, 9, (int64_t)sum_of(row, f.data, f.len));
	db_text(st, 10, row->note);
	rc = db_do(s, st, "standings", e);
	frame_fini(&f);
	opens_note(s, row);
	return rc;
}

int
store_standing_drop(struct store *s, const char *fingerprint, struct err *e)
{
	sqlite3_stmt *st = db_prepare(s, "DELETE FROM standings WHERE fingerprint = ?", e);

	if (st == NULL)
		return -1;
	db_text(st, 1, fingerprint);
	opens_drop(s, fingerprint);
	return db_do(s, st, "standings", e);
}

int
store_standings(struct store *s, const char *check,
    void (*each)(void *self, const struct store_standing *row), void *self, struct err *e)
{
	sqlite3_stmt *st =
	    check == NULL
		? db_prepare(s, "SELECT " COLUMNS " FROM standings ORDER BY fingerprint", e)
		: db_prepare(s,
		      "SELECT " COLUMNS " FROM standings WHERE \"check\" = ? ORDER BY fingerprint",
		      e);
	struct store_standing row;
	int rc;

	if (st == NULL)
		return -1;
	if (check != NULL)
		db_text(st, 1, check);
	while ((rc = db_step(s, st, "standings", e)) == 1) {
		if (!read_row(st, &row)) {
			db_end(st);
			return db_bad_row(s, "standings", e);
		}
		each(self, &row);
	}
	return rc;
}
