/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the order of records: by their times, each computer's for itself. The numbers are in
 * numbers.c, the pauses in rhythm.c.
 */
#include "order.h"

#include "numbers.h"

#define HALF_YEAR (180 * INSTANT_DAY)
#define SUMMER_TIME INSTANT_H

struct order_writer *
order_writer(struct order *o, uint64_t node)
{
	struct order_writer *w = NULL;

	if (node == 0)
		return &o->own;
	for (size_t i = 0; i < o->nnodes; i++) {
		if (o->nodes[i].node == node)
			return &o->nodes[i];
		if (w == NULL || o->nodes[i].newest < w->newest)
			w = &o->nodes[i];
	}
	if (o->nnodes < ORDER_WRITERS)
		w = &o->nodes[o->nnodes++];
	else
		numbers_end_holes(o, w->node, INT64_MAX);
	*w = (struct order_writer){ .node = node };
	return w;
}

void
order_forget(struct order *o, bool times)
{
	o->nholes = 0;
	for (size_t i = 0; i <= o->nnodes; i++) {
		struct order_writer *w = i < o->nnodes ? &o->nodes[i] : &o->own;

		w->numbered = false;
		w->timed = w->timed && !times;
		w->starts = w->starts && !times;
	}
	o->timed = o->timed && !times;
}

/* The same moment of another year. Most records are of the day of the one before: how far that day
 * was moved is kept (one thread orders records). */
static instant
in_year(instant at, int year)
{
	static instant day, moved;
	static int of;
	struct civil c;

	if (of == year && at >= day && at - day < INSTANT_DAY)
		return at + moved;
	instant_civil(at, &c);
	day = at - ((c.hour * 60 + c.minute) * 60 + c.second) * INSTANT_S - c.micros;
	c.year = year;
	moved = civil_instant(&c) - at;
	of = year;
	return at + moved;
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
		if (in_year(at, o->year) > o->before + INSTANT_DAY)
			o->year--;
	}
	t = in_year(at, o->year);
	if (!o->timed)
		return t;
	if (o->newest - t > HALF_YEAR) {
		o->year++;
		return in_year(at, o->year);
	}
	if (t - o->newest <= HALF_YEAR)
		return t;
	near = in_year(at, o->year - 1);
	return o->newest - near < HALF_YEAR ? near : t;
}

/* Where no zone is written: the clock is set back at the end of summer time, once a year, at night.
 * A quiet writer shows less than the hour. */
static bool
summer_ends(const struct order *o, struct order_writer *w, instant back)
{
	struct civil c;

	if (back > SUMMER_TIME + o->max_backward / SPAN_US ||
	    (w->summer != 0 && w->newest - w->summer < HALF_YEAR))
		return false;
	instant_civil(w->newest, &c);
	if (c.hour < ORDER_NIGHT_FROM && c.hour >= ORDER_NIGHT_TO)
		return false;
	w->summer = w->newest;
	return true;
}

static void
tell_step(struct order *o, enum order_kind kind, const struct order_place *place, instant step)
{
	struct order_tally *t = &o->tally[kind];

	order_tell(o, kind, place, 1, 0, 0);
	if (step < SPAN_MAX / SPAN_US && step * SPAN_US > t->back)
		t->back = step * SPAN_US;
}

/* Dated ahead of the clock: such a time says nothing of the order of those behind it. */
static bool
ahead(struct order *o, const struct record_info *info, const struct order_place *place)
{
	instant may = o->now + ORDER_AHEAD + (info->zoned ? 0 : ORDER_ZONES);

	if (o->now == 0 || info->at <= may)
		return false;
	tell_step(o, ORDER_FUTURE, place, info->at - o->now);
	return true;
}

/* The newest of all, and the pauses between them. */
static void
take_newest(struct order *o, const struct record_info *info)
{
	if (o->timed && info->at < o->newest)
		return;
	if (o->timed)
		rhythm_pause(&o->rhythm, info->at - o->newest);
	rhythm_hour(&o->rhythm, info->at);
	o->timed = true;
	o->zoned = info->zoned;
	o->newest = info->at;
}

static void
take_time(struct order *o, struct order_writer *w, const struct record_info *info,
    const struct order_place *place)
{
	instant back = w->timed ? w->newest - info->at : 0;

	if (ahead(o, info, place))
		return;
	if (back > o->max_backward / SPAN_US) {
		if (info->zoned || !summer_ends(o, w, back))
			tell_step(o, ORDER_BACKWARDS, place, back);
		/* the clock was set: what follows is held against it as it is now */
		if (o->newest == w->newest)
			o->newest = info->at;
	}
	if (back <= 0 || back > o->max_backward / SPAN_US)
		w->newest = info->at;
	w->timed = true;
	take_newest(o, info);
}

void
order_take(struct order *o, const struct record_info *info, enum format format,
    const struct order_place *place, bool fresh)
{
	struct order_writer *w = info->node == 0 ? &o->own : order_writer(o, info->node);
	struct record_info in;

	if (info->has_time && info->yearless) {
		in = *info;
		in.at = with_year(o, in.at);
		info = &in;
	}
	if (info->starts)
		w->starts = true;
	if (info->has_seq && !info->own_counter) {
		if (format == FORMAT_AUDITD)
			numbers_take_serial(o, w, info, place);
		else
			numbers_take_program(o, w, info, place, fresh);
	}
	if (info->has_time)
		take_time(o, w, info, place);
	if (o->nholes > 0 && w->timed)
		numbers_end_holes(o, w->node, w->newest - ORDER_WINDOW);
}

void
order_settle(struct order *o, instant now)
{
	numbers_end_holes(o, NUMBERS_ALL, now - ORDER_WINDOW);
}
