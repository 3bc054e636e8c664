/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the forecast of the day on which the disk of a log is full.
 */
#include "growth.h"

#include <string.h>
#include <sys/statvfs.h>

static instant
full_at(const struct growth_seen *v, double rate)
{
	return instant_plus(
	    v->now, span_from_seconds((double)v->room / rate * span_seconds(SPAN_DAY)));
}

static double
per_day(uint64_t bytes, span d)
{
	return (double)bytes / (span_seconds(d) / span_seconds(SPAN_DAY));
}

/* Bytes a day by the notes and by the records; how many of them are known. */
static size_t
rates(const struct growth_seen *v, double out[2])
{
	size_t n = 0;

	if (v->watched >= GROWTH_WATCHED && v->added > 0)
		out[n++] = per_day(v->added, v->watched);
	if (v->recorded >= GROWTH_RECORDS && v->held > 0)
		out[n++] = per_day(v->held, v->recorded);
	return n;
}

struct deadline
growth_forecast(const struct growth_seen *v, double rate[2])
{
	double by[2], most;
	size_t n = rates(v, by);
	struct deadline d = { .kind = DEADLINE_NONE };

	if (n == 0)
		return d;
	/* what was measured is the newest, and the one that counts */
	rate[0] = n == 2 && by[1] < by[0] ? by[1] : n == 2 ? by[0] : by[0] / GROWTH_DOUBT;
	most = n == 2 && by[1] > by[0] ? by[1] : n == 2 ? by[0] : by[0] * GROWTH_DOUBT;
	rate[1] = most;
	d.at = full_at(v, by[0]);
	d.earliest = full_at(v, most);
	d.latest = full_at(v, rate[0]);
	if (instant_minus(d.at, v->now) <= GROWTH_HORIZON)
		d.kind = DEADLINE_FORECAST;
	return d;
}

/* All that the log has added since it was first seen, in whichever file it is. */
static uint64_t
added(const struct state *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->nsegs; i++)
		if (s->segs[i].state != SEG_COPY && s->segs[i].sealed > s->segs[i].base)
			n += s->segs[i].sealed - s->segs[i].base;
	return n;
}

void
growth_look(struct log *l, bool unbound)
{
	const struct segment *g = known_active(&l->s);
	const struct order *o = &l->s.order;
	struct growth_seen v = { .now = l->now };
	struct statvfs fs;

	if (!unbound || g == NULL || statvfs(l->path, &fs) < 0)
		return;
	v.watched = instant_minus(l->now, l->s.born);
	v.added = added(&l->s);
	if (g->oldest != 0 && o->timed && o->newest <= l->now &&
	    instant_minus(l->now, o->newest) < GROWTH_WATCHED)
		v.recorded = instant_minus(o->newest, g->oldest);
	v.held = g->sealed;
	v.room = (uint64_t)fs.f_bavail * fs.f_frsize;
	l->outlook.room = v.room;
	l->outlook.full = growth_forecast(&v, l->outlook.growth);
}
