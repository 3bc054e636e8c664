/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items that need a memory: clock.step and clock.zone.
 */
#include "remember.h"

#include "board.h"
#include "drift.h"
#include "leap.h"
#include "step.h"
#include "ticks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID 17                  /* 16 hex digits */
#define PASSING (7 * SPAN_DAY) /* what somebody only has to know is told for so long */
#define EVIDENCE_MAX 8

struct look
remember_look(const struct told *told, const struct surroundings *s)
{
	struct look l = { .boot_id = s->boot_id,
		.measured = told->measured,
		.offset = told->offset,
		.bound = told->bound,
		.leap = told->leap != 0,
		.zone = s->zone,
		.rules = s->rules };

	ticks_both(&l.wall, &l.boot);
	l.mono = ticks_mono();
	return l;
}

/* "2026-11-30 10:42 UTC" */
static const char *
minute(struct arena *a, int64_t wall)
{
	char text[INSTANT_TEXT];

	instant_text(wall / 1000, text);
	return arena_printf(a, "%.10s %.5s UTC", text, text + 11);
}

static const char *
duration(struct arena *a, int64_t ns)
{
	char text[SPAN_TEXT];

	/* to the nearest millisecond: words cut off, and 8 min 59.9999 s are nine minutes */
	return arena_text(a, span_words((llabs(ns) + SPAN_MS / 2) / SPAN_MS * SPAN_MS, text));
}

static void
event_id(const struct event *e, char id[ID])
{
	snprintf(id, ID, "%016" PRIx64,
	    ((uint64_t)e->to * 31 + (uint64_t)e->by) * UINT64_C(1099511628211) + (uint64_t)e->was);
}

static bool
is_zone(const struct event *e)
{
	return e->was == EVENT_ZONE || e->was == EVENT_ZONE_RULES;
}

/* An event ends when a person has accepted the item that told it, or a later one of its rule. What
 * only has to be known ends by itself. */
static void
end_events(struct memory *m, const struct probe_ctx *ctx, int64_t wall)
{
	size_t left = 0, accepted[2] = { 0, 0 };
	char id[ID];

	for (size_t i = 0; i < m->nevents; i++) {
		event_id(&m->events[i], id);
		for (size_t k = 0; k < ctx->handed->naccepts; k++)
			if (strcmp(ctx->handed->accepts[k].finding, id) == 0)
				accepted[is_zone(&m->events[i])] = i + 1;
	}
	for (size_t i = 0; i < m->nevents; i++) {
		const struct event *e = &m->events[i];
		bool passes = e->was == EVENT_PUT_RIGHT || e->was == EVENT_STOOD_STILL ||
			      e->was == EVENT_ZONE_RULES;

		if (i >= accepted[is_zone(e)] && !(passes && llabs(wall - e->to) > PASSING))
			m->events[left++] = *e;
	}
	m->nevents = left;
}

static void
add_event(struct memory *m, const struct event *e)
{
	if (m->nevents == MEMORY_EVENTS_MAX)
		memmove(m->events, m->events + 1, --m->nevents * sizeof(*m->events));
	m->events[m->nevents++] = *e;
}

static void
find_zone(struct memory *m, const struct look *now)
{
	const struct look *before = &m->last;
	struct event e = {
		.from = before->wall, .to = now->wall, .before = before->zone, .now = now->zone
	};

	if (before->rules == 0 || now->rules == 0 || before->rules == now->rules)
		return;
	e.was = strcmp(before->zone, now->zone) == 0 ? EVENT_ZONE_RULES : EVENT_ZONE;
	add_event(m, &e);
}

static const char *
zone_name(const char *zone)
{
	return zone[0] != '\0' ? zone : "one without a name";
}

static const char *
event_words(const struct event *e, struct arena *a)
{
	const char *when =
	    arena_printf(a, "between %s and %s", minute(a, e->from), minute(a, e->to));

	switch (e->was) {
	case EVENT_MOVED_BACK:
		return arena_printf(
		    a, "The clock was moved back by %s %s", duration(a, e->by), when);
	case EVENT_MOVED:
		return arena_printf(a, "The clock was moved %s by %s %s",
		    e->by < 0 ? "back" : "forward", duration(a, e->by), when);
	case EVENT_PUT_RIGHT:
		return arena_printf(a, "The clock was %s %s and was put right %s",
		    duration(a, e->by), e->by < 0 ? "fast" : "slow", when);
	case EVENT_STOOD_STILL:
		return arena_printf(a, "This computer stood still for %s without counting it %s%s",
		    duration(a, e->still), when,
		    e->by != 0 ? ", and its clock was set afterwards" : "");
	case EVENT_ZONE:
		return arena_printf(a, "The time zone was changed from %s to %s %s",
		    zone_name(e->before), zone_name(e->now), when);
	default:
		return arena_printf(
		    a, "The rules of the time zone (%s) were changed %s", zone_name(e->now), when);
	}
}

static const char *const findings[EVENT_WAS_N] = {
	[EVENT_MOVED_BACK] = "moved-back",
	[EVENT_MOVED] = "moved",
	[EVENT_PUT_RIGHT] = "put-right",
	[EVENT_STOOD_STILL] = "stood-still",
	[EVENT_ZONE] = "zone-changed",
	[EVENT_ZONE_RULES] = "zone-rules",
};

/* The worst of a rule's events is told; the others are counted. */
static void
tell_events(const struct probe_ctx *ctx, const struct memory *m, bool zone, const char *fine)
{
	struct arena *a = ctx->arena;
	const struct event *worst = NULL, *newest = NULL;
	struct item it = { .target = CLOCK_TARGET,
		.rule = zone ? "clock.zone" : "clock.step",
		.state = ITEM_FINE,
		.summary = fine };
	struct evidence ev[EVIDENCE_MAX];
	char id[ID], noticed[INSTANT_TEXT];
	size_t n = 0;

	for (size_t i = 0; i < m->nevents; i++) {
		const struct event *e = &m->events[i];

		if (is_zone(e) != zone)
			continue;
		newest = e;
		n++;
		if (worst == NULL || e->was <= worst->was)
			worst = e;
	}
	if (worst != NULL) {
		it.state = ITEM_FOUND;
		it.finding = findings[worst->was];
		it.summary = event_words(worst, a);
		if (n > 1)
			it.summary = arena_printf(a, "%s; and %zu more such finding%s", it.summary,
			    n - 1, n == 2 ? "" : "s");
		event_id(newest, id);
		it.evidence = ev;
		ev[it.nevidence++] = (struct evidence){ FINDING_KEY, id };
		ev[it.nevidence++] = (struct evidence){ NOTICED_KEY,
			arena_text(a, instant_text(worst->to / 1000, noticed)) };
		if (!zone)
			ev[it.nevidence++] = (struct evidence){ "moved by seconds",
				arena_printf(a, "%.3f", (double)worst->by / (double)NS_S) };
	}
	probe_emit(ctx, &it);
}

static void
tell_trouble(const struct probe_ctx *ctx, const char *trouble)
{
	struct item it = { .target = CLOCK_TARGET,
		.rule = "clock.step",
		.state = ITEM_UNKNOWN,
		.summary = trouble };

	probe_emit(ctx, &it);
}

/* Of a look after which nothing has to be told. */
static const char *
step_words(const struct look *before, const struct look *now, struct arena *a)
{
	int64_t by, still;

	if (!step_find(before, now, &by, &still))
		return "This computer was started anew; whether its clock was set meanwhile is not "
		       "known";
	if (by == 0)
		return arena_printf(a, "The clock was not set since %s", minute(a, before->wall));
	return arena_printf(a, "The clock was set %s by %s since %s, within its limit",
	    by < 0 ? "back" : "forward", duration(a, by), minute(a, before->wall));
}

/* Room for one more event of each kind. */
static void
make_room(struct memory *m, struct arena *a)
{
	struct event *room = arena_array(a, MEMORY_EVENTS_MAX + 2, sizeof(*room));

	if (m->nevents > 0)
		memcpy(room, m->events, m->nevents * sizeof(*room));
	m->events = room;
}

void
remember_tell(const struct probe_ctx *ctx, const struct clock_conf *conf, struct memory *m,
    const struct told *told, const struct surroundings *s)
{
	struct look now = remember_look(told, s);
	bool first = m->last.boot_id[0] == '\0';
	const char *fine;
	struct event e;

	leap_tell(ctx, told, now.wall);
	board_tell(ctx, told, s);
	if (!m->kept)
		return;
	make_room(m, ctx->arena);
	if (!first && step_judge(&m->last, &now, clock_warn_offset(conf), &e))
		add_event(m, &e);
	fine = step_words(&m->last, &now, ctx->arena);
	if (!first)
		find_zone(m, &now);
	end_events(m, ctx, now.wall);
	if (m->trouble != NULL)
		tell_trouble(ctx, m->trouble);
	else if (!first) {
		tell_events(ctx, m, false, fine);
		tell_events(ctx, m, true, "The time zone is as it was");
	}
	drift_tell(ctx, conf, m, &now);
	m->last = now;
}
