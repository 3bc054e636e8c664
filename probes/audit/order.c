/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order of records: their numbers, their times, the pauses between them.
 */
#include "order.h"

#include <string.h>

#define HALF_YEAR (180 * 86400 * INSTANT_S)
#define SUMMER_TIME (3600 * INSTANT_S)
#define PAUSED_MAX (INT64_MAX / ORDER_BINS / 1000) /* sums stay far from the end */
#define DAY (86400 * INSTANT_S)
#define SILENCE_FACTOR 3
#define SILENCE_SHARE 100 /* one part in so many is spent in longer pauses */

static void
tell(struct order *o, enum order_kind kind, const struct order_place *place, uint64_t count,
    uint64_t from, uint64_t to)
{
	struct order_tally *t = &o->tally[kind];

	if (t->times++ == 0) {
		t->first = *place;
		t->from = from;
		t->to = to;
	}
	t->count += count;
}

static void
drop_hole(struct order *o, size_t i)
{
	o->nholes--;
	memmove(&o->holes[i], &o->holes[i + 1], (o->nholes - i) * sizeof(o->holes[0]));
}

static void
end_hole(struct order *o, size_t i)
{
	const struct order_hole *h = &o->holes[i];

	tell(o, ORDER_GAP, &h->place, (uint32_t)(h->to - h->from) + UINT64_C(1), h->from, h->to);
	drop_hole(o, i);
}

static void
end_holes(struct order *o, instant until)
{
	for (size_t i = 0; i < o->nholes;) {
		if (o->holes[i].at < until)
			end_hole(o, i);
		else
			i++;
	}
}

/* Numbers of a hole count modulo 2^32. */
static uint64_t
serial(uint64_t v)
{
	return v & UINT32_MAX;
}

static bool
fill_hole(struct order *o, uint64_t seq)
{
	for (size_t i = 0; i < o->nholes; i++) {
		struct order_hole *h = &o->holes[i], rest;

		if (serial(seq - h->from) > serial(h->to - h->from))
			continue;
		rest = *h;
		if (h->from == h->to) {
			drop_hole(o, i);
		} else if (seq == h->from) {
			h->from = serial(seq + 1);
		} else if (seq == h->to) {
			h->to = serial(seq - 1);
		} else {
			h->to = serial(seq - 1);
			rest.from = serial(seq + 1);
			if (o->nholes == ORDER_HOLES)
				end_hole(o, 0);
			o->holes[o->nholes++] = rest;
		}
		return true;
	}
	return false;
}

static void
open_hole(struct order *o, uint64_t from, uint64_t to, instant at, const struct order_place *place)
{
	if (o->nholes == ORDER_HOLES)
		end_hole(o, 0);
	o->holes[o->nholes++] = (struct order_hole){ from, to, at, *place };
}

static void
take_serial(struct order *o, const struct record_info *info, const struct order_place *place)
{
	int32_t step = (int32_t)(uint32_t)(info->seq - o->last);
	bool starts = o->starts;

	o->starts = false;
	if (!o->numbered || (starts && (step < 0 || step > 1))) {
		end_holes(o, INT64_MAX);
		o->numbered = true;
		o->last = info->seq;
		return;
	}
	if (step > 0) {
		if (step > 1)
			open_hole(o, serial(o->last + 1), serial(info->seq - 1), info->at, place);
		o->last = info->seq;
		return;
	}
	/* another record of the same event, or one that fills a hole */
	if (step == 0 || fill_hole(o, info->seq))
		return;
	if (o->timed && info->at > o->newest + ORDER_WINDOW) {
		end_holes(o, INT64_MAX);
		tell(o, ORDER_RESTARTED, place, 1, o->last, info->seq);
		o->last = info->seq;
		return;
	}
	/* records of events that happen together, or one after the other, interleave */
	if (step >= -ORDER_NEAR || !o->timed || info->at >= o->newest - ORDER_WINDOW)
		return;
	tell(o, ORDER_REPEATED, place, 1, info->seq, info->seq);
}

/* Numbers of a program's own: each one more than the one before. */
static void
take_number(
    struct order *o, const struct record_info *info, const struct order_place *place, bool fresh)
{
	if (!o->numbered || (fresh && info->seq <= 1)) {
		o->numbered = true;
	} else if (info->seq == o->last) {
		tell(o, ORDER_REPEATED, place, 1, info->seq, info->seq);
	} else if (info->seq < o->last) {
		tell(o, ORDER_RESTARTED, place, 1, o->last, info->seq);
	} else if (info->seq > o->last + 1) {
		tell(o, ORDER_GAP, place, info->seq - o->last - 1, o->last + 1, info->seq - 1);
	}
	o->last = info->seq;
}

static instant
in_year(instant at, int year)
{
	struct civil c;

	instant_civil(at, &c);
	c.year = year;
	return civil_instant(&c);
}

/* A stamp without a year is of the year that brings it next to the one before. */
static instant
with_year(struct order *o, instant at)
{
	struct civil c;
	instant t, near;

	if (o->year == 0) {
		instant_civil(o->before, &c);
		o->year = c.year;
		if (in_year(at, o->year) > o->before + DAY)
			o->year--;
	}
	t = in_year(at, o->year);
	if (!o->timed)
		return t;
	if (o->newest - t > HALF_YEAR) {
		o->year++;
		return in_year(at, o->year);
	}
	near = in_year(at, o->year - 1);
	if (t - o->newest > HALF_YEAR && o->newest - near < HALF_YEAR)
		return near;
	return t;
}

static void
take_time(
    struct order *o, const struct record_info *info, const struct order_place *place, instant at)
{
	instant back = o->timed ? o->newest - at : 0, most = o->max_backward / SPAN_US;

	if (back <= 0) {
		order_pause(o, -back);
		o->timed = true;
		o->newest = at;
		return;
	}
	if (back <= most)
		return;
	if (info->zoned || back < SUMMER_TIME - most || back > SUMMER_TIME + most) {
		struct order_tally *t = &o->tally[ORDER_BACKWARDS];

		tell(o, ORDER_BACKWARDS, place, 1, 0, 0);
		if (back < SPAN_MAX / SPAN_US && back * SPAN_US > t->back)
			t->back = back * SPAN_US;
	}
	o->newest = at;
}

void
order_take(struct order *o, const struct record_info *info, enum format format,
    const struct order_place *place, bool fresh)
{
	struct record_info in = *info;

	if (in.has_time && in.yearless)
		in.at = with_year(o, in.at);
	if (in.starts)
		o->starts = true;
	if (in.has_seq && !in.own_counter) {
		if (format == FORMAT_AUDITD)
			take_serial(o, &in, place);
		else
			take_number(o, &in, place, fresh);
	}
	if (in.has_time)
		take_time(o, &in, place, in.at);
	if (o->nholes > 0 && o->timed)
		end_holes(o, o->newest - ORDER_WINDOW);
}

void
order_settle(struct order *o, instant now)
{
	end_holes(o, now - ORDER_WINDOW);
}

static size_t
bin_of(instant us)
{
	size_t e = 0;
	uint64_t v = (uint64_t)us;

	while (e < 63 && v >> (e + 1) != 0)
		e++;
	return 2 * e + (e > 0 ? (size_t)(v >> (e - 1)) & 1 : 0);
}

void
order_pause(struct order *o, instant length)
{
	size_t bin;

	if (length < INSTANT_S || length > ORDER_PAUSE_MAX / SPAN_US)
		return;
	bin = bin_of(length);
	if (bin >= ORDER_BINS || o->paused[bin] > PAUSED_MAX)
		return;
	o->pauses[bin]++;
	o->paused[bin] += length;
}

span
order_silence(const struct order *o)
{
	instant covered = 0, longer = 0;
	uint64_t n = 0;

	for (size_t i = 0; i < ORDER_BINS; i++) {
		covered += o->paused[i];
		n += o->pauses[i];
	}
	if (n < ORDER_PAUSES_MIN || covered < ORDER_COVERED_MIN / SPAN_US)
		return 0;
	for (size_t i = ORDER_BINS; i-- > 0;) {
		longer += o->paused[i];
		if (longer * SILENCE_SHARE > covered) {
			/* the upper end of the bin */
			uint64_t low = (UINT64_C(1) << (i / 2));
			uint64_t top = i % 2 == 0 ? low + low / 2 : 2 * low;

			return (span)top * SILENCE_FACTOR * SPAN_US;
		}
	}
	return 0;
}
