/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is known of the open alerts between two commits.
 */
#include "store/opens.h"

#include <stdlib.h>
#include <string.h>

/* What a reader of STORE_OPEN would miss if it were out of date. When a run was taken is not of it:
 * that changes with every run. */
static uint64_t
hash_told(const struct store_standing *row)
{
	const struct standing *st = &row->st;
	uint64_t h = db_sum_int(DB_SUM, (int64_t)st->alert);

	h = db_sum_int(db_sum_int(h, st->opened), st->told_at);
	h = db_sum_int(db_sum_int(h, (int64_t)st->told), (int64_t)st->worst);
	h = db_sum_int(db_sum_int(h, (int64_t)st->told_to), st->acked);
	h = db_sum_int(db_sum_int(h, st->ack_until), st->lost);
	return db_sum_text(db_sum_text(h, row->acked_by), row->note);
}

/* Where the fingerprint is, or would be. */
static size_t
place(const struct opens *o, uint64_t fingerprint)
{
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (o->v[mid].fingerprint < fingerprint)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
is_at(const struct opens *o, size_t at, uint64_t fingerprint)
{
	return at < o->n && o->v[at].fingerprint == fingerprint;
}

static void
put(struct opens *o, size_t at, struct open_alert v)
{
	if (o->n == o->cap) {
		size_t cap = o->cap == 0 ? 16 : 2 * o->cap;
		struct open_alert *more = reallocarray(o->v, cap, sizeof(*more));

		if (more == NULL) {
			o->known = false; /* they are counted again before the next commit */
			return;
		}
		o->v = more;
		o->cap = cap;
	}
	memmove(&o->v[at + 1], &o->v[at], (o->n - at) * sizeof(*o->v));
	o->v[at] = v;
	o->n++;
}

void
opens_drop(struct store *s, const char *fingerprint)
{
	struct opens *o = &s->opens;
	uint64_t f = db_sum_text(DB_SUM, fingerprint);
	size_t at = place(o, f);

	if (!is_at(o, at, f))
		return;
	o->n--;
	memmove(&o->v[at], &o->v[at + 1], (o->n - at) * sizeof(*o->v));
	o->changed = true;
}

void
opens_note(struct store *s, const struct store_standing *row)
{
	struct opens *o = &s->opens;
	const struct open_alert v = { db_sum_text(DB_SUM, row->fingerprint), hash_told(row) };
	size_t at = place(o, v.fingerprint);

	if (!row->st.open) {
		opens_drop(s, row->fingerprint);
		return;
	}
	if (!is_at(o, at, v.fingerprint))
		put(o, at, v);
	else if (o->v[at].told != v.told)
		o->v[at] = v;
	else
		return;
	o->changed = true;
}

void
opens_forget(struct store *s)
{
	s->opens.n = 0;
	s->opens.known = false;
}

void
opens_free(struct store *s)
{
	free(s->opens.v);
	s->opens = (struct opens){ 0 };
}
