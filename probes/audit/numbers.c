/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order of records by their numbers: what is missing, comes twice, or starts again.
 */
#include "numbers.h"

#include <string.h>

#define PROGRAM_WRAP UINT64_C(4294967295) /* the last number of a counter of 32 bits */

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

	/* numbers of the kernel may wrap within a hole */
	order_tell(o, ORDER_GAP, &h->place,
	    h->to >= h->from ? h->to - h->from + 1 : (uint32_t)(h->to - h->from) + UINT64_C(1),
	    h->from, h->to);
	drop_hole(o, i);
}

void
numbers_end_holes(struct order *o, uint64_t node, instant until)
{
	for (size_t i = 0; i < o->nholes;) {
		if (o->holes[i].at < until && (node == NUMBERS_ALL || o->holes[i].node == node))
			end_hole(o, i);
		else
			i++;
	}
}

/* Numbers of the kernel count modulo 2^32. */
static uint64_t
serial(uint64_t v)
{
	return v & UINT32_MAX;
}

static void
add_hole(struct order *o, const struct order_hole *h)
{
	if (o->nholes == ORDER_HOLES)
		end_hole(o, 0);
	o->holes[o->nholes++] = *h;
}

/* mask: UINT32_MAX for numbers that wrap there, else UINT64_MAX. */
static bool
fill_hole(struct order *o, const struct order_writer *w, uint64_t seq, uint64_t mask)
{
	for (size_t i = 0; i < o->nholes; i++) {
		struct order_hole *h = &o->holes[i], rest = *h;

		if (h->node != w->node || ((seq - h->from) & mask) > ((h->to - h->from) & mask))
			continue;
		if (h->from == h->to) {
			drop_hole(o, i);
		} else if (seq == h->from) {
			h->from = (seq + 1) & mask;
		} else if (seq == h->to) {
			h->to = (seq - 1) & mask;
		} else {
			h->to = (seq - 1) & mask;
			rest.from = (seq + 1) & mask;
			add_hole(o, &rest);
		}
		return true;
	}
	return false;
}

void
numbers_take_serial(struct order *o, struct order_writer *w, const struct record_info *info,
    const struct order_place *place)
{
	int32_t step = (int32_t)(uint32_t)(info->seq - w->last);
	bool starts = w->starts;

	w->starts = false;
	if (!w->numbered || (starts && (step < 0 || step > 1))) {
		numbers_end_holes(o, w->node, INT64_MAX);
		w->numbered = true;
		w->last = info->seq;
		return;
	}
	if (step > 0) {
		if (step > 1)
			add_hole(o, &(struct order_hole){ w->node, serial(w->last + 1),
					serial(info->seq - 1), info->at, *place });
		w->last = info->seq;
		return;
	}
	/* another record of the same event, or one that fills a hole */
	if (step == 0 || fill_hole(o, w, info->seq, UINT32_MAX))
		return;
	if (w->timed && info->at > w->newest + ORDER_WINDOW) {
		numbers_end_holes(o, w->node, INT64_MAX);
		order_tell(o, ORDER_RESTARTED, place, 1, w->last, info->seq);
		w->last = info->seq;
		return;
	}
	/* records of events that happen together, or one after the other, interleave */
	if (step >= -ORDER_NEAR || !w->timed || info->at >= w->newest - ORDER_WINDOW)
		return;
	order_tell(o, ORDER_REPEATED, place, 1, info->seq, info->seq);
}

/* The next number is not the next. A few that are missing may be on their way: another program that
 * writes to the same log has them. */
static void
jump(struct order *o, const struct order_writer *w, const struct record_info *info,
    const struct order_place *place)
{
	uint64_t missing = info->seq - w->last - 1;

	if (missing > ORDER_NEAR)
		order_tell(o, ORDER_GAP, place, missing, w->last + 1, info->seq - 1);
	else
		add_hole(o, &(struct order_hole){ w->node, w->last + 1, info->seq - 1,
				info->has_time ? info->at : o->before, *place });
}

/* Holes that are further back than records are ever swapped. */
static void
end_far_holes(struct order *o, const struct order_writer *w)
{
	for (size_t i = 0; i < o->nholes;) {
		if (o->holes[i].node == w->node && o->holes[i].to + ORDER_NEAR < w->last)
			end_hole(o, i);
		else
			i++;
	}
}

void
numbers_take_program(struct order *o, struct order_writer *w, const struct record_info *info,
    const struct order_place *place, bool fresh)
{
	bool wraps = w->last == PROGRAM_WRAP && info->seq <= 1;

	if (!w->numbered || wraps || (fresh && info->seq <= 1)) {
		numbers_end_holes(o, w->node, INT64_MAX);
		w->numbered = true;
	} else if (info->seq == w->last) {
		order_tell(o, ORDER_REPEATED, place, 1, info->seq, info->seq);
	} else if (info->seq < w->last) {
		if (fill_hole(o, w, info->seq, UINT64_MAX))
			return;
		numbers_end_holes(o, w->node, INT64_MAX);
		order_tell(o, ORDER_RESTARTED, place, 1, w->last, info->seq);
	} else if (info->seq > w->last + 1) {
		jump(o, w, info, place);
	}
	w->last = info->seq;
	if (o->nholes > 0)
		end_far_holes(o, w);
}
