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

/* Bytes a day by the notes and by the records; how many of them are known. What was measured is
 * the newest, and stands first. */
static size_t
measured(const struct growth_seen *v, double out[2])
{
	size_t n = 0;

	if (v->watched >= GROWTH_WATCHED && v->added > 0)
		out[n++] = per_day(v->added, v->watched);
	if (v->recorded >= GROWTH_RECORDS && v->held > 0)
		out[n++] = per_day(v->held, v->recorded);
	return n;
}

bool
growth_rates(const struct growth_seen *v, double rate[2])
{
	double by[2];
	size_t n = measured(v, by);

	rate[0] = rate[1] = 0;
	if (n == 1) {
		rate[0] = by[0] / GROWTH_DOUBT;
		rate[1] = by[0] * GROWTH_DOUBT;
	} else if (n == 2) {
		rate[0] = by[0] < by[1] ? by[0] : by[1];
		rate[1] = by[0] < by[1] ? by[1] : by[0];
	}
	return n > 0;
}

struct deadline
growth_forecast(const struct growth_seen *v, double rate[2])
{
	struct deadline d = { .kind = DEADLINE_NONE };
	double by[2];

	if (!growth_rates(v, rate))
		return d;
	measured(v, by);
	d.at = full_at(v, by[0]);
	d.earliest = full_at(v, rate[1]);
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

struct growth_seen
growth_seen(const struct log *l)
{
	const struct state *s = &l->s;
	const struct order *o = &s->order;
	struct growth_seen v = {
		.now = l->now, .watched = instant_minus(l->now, s->born), .added = added(s)
	};
	instant eldest = 0;

	for (size_t i = 0; i < s->nsegs; i++) {
		const struct segment *g = &s->segs[i];

		if (g->state == SEG_COPY || g->file == NULL || g->oldest == 0)
			continue;
		v.held += g->sealed;
		eldest = eldest == 0 || g->oldest < eldest ? g->oldest : eldest;
	}
	/* a log that nothing was added to for a while does not go on as it did */
	if (eldest != 0 && o->timed && o->newest <= l->now &&
	    instant_minus(l->now, o->newest) < GROWTH_WATCHED)
		v.recorded = instant_minus(o->newest, eldest);
	v.eldest = eldest;
	return v;
}

void
growth_look(struct log *l, bool unbound, const struct kept_auditd *auditd)
{
	struct growth_seen v;
	struct statvfs fs;

	if (!unbound || statvfs(l->path, &fs) < 0)
		return;
	v = growth_seen(l);
	v.room = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (auditd != NULL) {
		v.room = kept_auditd_room(auditd, l->outlook.size, v.room);
		l->outlook.stops = "auditd";
	}
	l->outlook.room = v.room;
	l->outlook.full = growth_forecast(&v, l->outlook.growth);
}
