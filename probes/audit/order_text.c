/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the lines of a head that keep the order of records.
 */
#include "order_text.h"

#include <inttypes.h>
#include <string.h>

static void
put_writer(struct str *out, const struct order_writer *w)
{
	str_addf(out,
	    "fw1 writer node=%" PRIu64 " numbered=%d timed=%d starts=%d last=%" PRIu64
	    " newest=%" PRId64 " summer=%" PRId64 "\n",
	    w->node, w->numbered, w->timed, w->starts, w->last, w->newest, w->summer);
}

static void
put_hole(struct str *out, const struct order_hole *h)
{
	str_addf(out,
	    "fw1 hole node=%" PRIu64 " from=%" PRIu64 " to=%" PRIu64 " at=%" PRId64
	    " segment=%" PRIu64 " record=%" PRIu64 " offset=%" PRIu64 "\n",
	    h->node, h->from, h->to, h->at, h->place.segment, h->place.record, h->place.offset);
}

static void
put_rhythm(struct str *out, const struct rhythm *r)
{
	for (size_t i = 0; i < RHYTHM_BINS; i++)
		if (r->pauses[i] > 0)
			str_addf(out, "fw1 pauses bin=%zu n=%" PRIu32 " us=%" PRId64 "\n", i,
			    r->pauses[i], r->paused[i]);
	if (r->weeks == 0)
		return;
	str_addf(out, "fw1 week number=%" PRId64 " weeks=%u hours=", r->week, r->weeks);
	for (size_t i = 0; i < RHYTHM_HOURS; i++)
		str_addf(out, "%02x", r->hours[i]);
	str_addc(out, '\n');
}

void
order_put(struct str *out, const struct order *o)
{
	const struct order_writer *w = &o->own;

	str_addf(out,
	    "fw1 order numbered=%d timed=%d starts=%d last=%" PRIu64 " newest=%" PRId64
	    " year=%d all=%d zoned=%d all_newest=%" PRId64 " summer=%" PRId64 "\n",
	    w->numbered, w->timed, w->starts, w->last, w->newest, o->year, o->timed, o->zoned,
	    o->newest, w->summer);
	for (size_t i = 0; i < o->nnodes; i++)
		put_writer(out, &o->nodes[i]);
	for (size_t i = 0; i < o->nholes; i++)
		put_hole(out, &o->holes[i]);
	put_rhythm(out, &o->rhythm);
}

static bool
get_bool(const struct statement *st, const char *name, bool *out)
{
	uint64_t v;

	if (!statement_u64(st, name, &v) || v > 1)
		return false;
	*out = v == 1;
	return true;
}

static bool
get_writer(struct order_writer *w, const struct statement *st)
{
	return get_bool(st, "numbered", &w->numbered) && get_bool(st, "timed", &w->timed) &&
	       get_bool(st, "starts", &w->starts) && statement_u64(st, "last", &w->last) &&
	       statement_i64(st, "newest", &w->newest);
}

static bool
get_order(struct order *o, const struct statement *st)
{
	int64_t year;

	if (!get_writer(&o->own, st) || !statement_i64(st, "year", &year) || year < 0 ||
	    year > 9999)
		return false;
	o->year = (int)year;
	/* notes of 0.1.0 know one writer only */
	o->timed = o->own.timed;
	o->newest = o->own.newest;
	if (statement_text(st, "all") == NULL)
		return true;
	return get_bool(st, "all", &o->timed) && get_bool(st, "zoned", &o->zoned) &&
	       statement_i64(st, "all_newest", &o->newest) &&
	       statement_i64(st, "summer", &o->own.summer);
}

static bool
get_node(struct order *o, const struct statement *st)
{
	struct order_writer *w;

	if (o->nnodes == ORDER_WRITERS)
		return false;
	w = &o->nodes[o->nnodes++];
	return statement_u64(st, "node", &w->node) && w->node != 0 && get_writer(w, st) &&
	       statement_i64(st, "summer", &w->summer);
}

static bool
get_hole(struct order *o, const struct statement *st)
{
	struct order_hole *h;

	if (o->nholes == ORDER_HOLES)
		return false;
	h = &o->holes[o->nholes++];
	h->node = 0;
	if (statement_text(st, "node") != NULL && !statement_u64(st, "node", &h->node))
		return false;
	return statement_u64(st, "from", &h->from) && statement_u64(st, "to", &h->to) &&
	       statement_i64(st, "at", &h->at) && statement_u64(st, "segment", &h->place.segment) &&
	       statement_u64(st, "record", &h->place.record) &&
	       statement_u64(st, "offset", &h->place.offset);
}

static bool
get_pauses(struct rhythm *r, const struct statement *st)
{
	uint64_t bin, n;

	if (!statement_u64(st, "bin", &bin) || bin >= RHYTHM_BINS || !statement_u64(st, "n", &n) ||
	    n > UINT32_MAX || !statement_i64(st, "us", &r->paused[bin]) || r->paused[bin] < 0 ||
	    r->paused[bin] > INT64_MAX / RHYTHM_BINS / 500)
		return false;
	r->pauses[bin] = (uint32_t)n;
	return true;
}

static int
nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
get_week(struct rhythm *r, const struct statement *st)
{
	const char *hours = statement_text(st, "hours");
	uint64_t weeks;

	if (hours == NULL || strlen(hours) != 2 * RHYTHM_HOURS ||
	    !statement_i64(st, "number", &r->week) || r->week < 0 ||
	    !statement_u64(st, "weeks", &weeks) || weeks == 0 || weeks > RHYTHM_WEEKS)
		return false;
	r->weeks = (unsigned)weeks;
	for (size_t i = 0; i < RHYTHM_HOURS; i++) {
		int high = nibble(hours[2 * i]), low = nibble(hours[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		r->hours[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool
order_get(struct order *o, const struct statement *st, bool *ours)
{
	*ours = true;
	if (strcmp(st->verb, "order") == 0)
		return get_order(o, st);
	if (strcmp(st->verb, "writer") == 0)
		return get_node(o, st);
	if (strcmp(st->verb, "hole") == 0)
		return get_hole(o, st);
	if (strcmp(st->verb, "pauses") == 0)
		return get_pauses(&o->rhythm, st);
	if (strcmp(st->verb, "week") == 0)
		return get_week(&o->rhythm, st);
	*ours = false;
	return true;
}
