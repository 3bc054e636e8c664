/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how it goes with a sink: whether it takes letters, when it is tried again, what is told of
 * it.
 */
#include "daemon/posts_private.h"

#include "base/day.h"

#include <stdio.h>
#include <string.h>

#define DEAD_AFTER 5 /* failures in a row until the others are told */
#define DEAD_SINCE (2 * SPAN_MIN)
#define REFUSED_AFTER 2             /* letters refused in a row until the others are told */
#define ASKED_SHOWN (10 * SPAN_MIN) /* a wait that the receiver asked for is shown from here on */

/* ---- what is told */

/* What people are told alike: it is as good as dead, or some of its people hear nothing. */
static enum sink_health
class_of(enum sink_health h)
{
	if (h == SINK_FINE || h == SINK_FAILING)
		return SINK_FINE;
	return h == SINK_PARTLY ? SINK_PARTLY : SINK_DEAD;
}

bool
sending_is_stuck(const struct sending *s)
{
	return class_of(s->health) == SINK_DEAD;
}

static void
becomes(struct posts *p, struct sending *s, enum sink_health h, const char *why)
{
	if (h == SINK_FINE)
		s->since = INSTANT_NONE;
	else if (s->since == INSTANT_NONE)
		s->since = world_now(p->on->world);
	p->changed = p->changed || class_of(h) != class_of(s->health);
	s->health = h;
	if (why != NULL)
		snprintf(s->reason, sizeof(s->reason), "%s", why);
}

void
sending_worked(struct posts *p, struct sending *s, const char *partly)
{
	s->failures = 0;
	s->not_before = s->not_before_stop = 0;
	s->last_taken = world_now(p->on->world);
	becomes(p, s, partly != NULL ? SINK_PARTLY : SINK_FINE, partly);
}

void
sending_refused(struct posts *p, struct sending *s, const char *why)
{
	s->failures = 0;
	s->not_before = s->not_before_stop = 0;
	if (s->refusals >= REFUSED_AFTER)
		becomes(p, s, SINK_REFUSING, why);
}

/* Its receiver answers, and has said when it wants to be asked again. */
static const char *
with_hour(const struct world *w, span wait, span asked, const char *why, char *buf, size_t size)
{
	char moment[DAY_TEXT];

	if (asked < ASKED_SHOWN)
		return why;
	snprintf(buf, size, "next try %s, as it asked: %.180s",
	    day_moment(instant_plus(world_now(w), wait), moment), why);
	return buf;
}

void
sending_failed(
    struct posts *p, struct sending *s, enum outbox_pace pace, span asked, const char *why)
{
	struct world *w = p->on->world;
	instant now = world_now(w);
	span wait = outbox_wait(pace, ++s->failures, asked, world_draw(w));
	char text[LETTER_REASON_MAX + 1];
	enum sink_health h = s->health;

	s->not_before = s->not_before_stop = world_boot(w) + wait;
	if (pace != PACE_PAUSED && wait > OUTBOX_STOP_ASKED)
		s->not_before_stop = world_boot(w) + OUTBOX_STOP_ASKED;
	if (pace == PACE_PAUSED)
		h = SINK_PAUSED;
	else if (pace == PACE_SLOW || (s->failures >= DEAD_AFTER && s->since != INSTANT_NONE &&
					  instant_minus(now, s->since) >= DEAD_SINCE))
		h = SINK_DEAD;
	else if (class_of(h) != SINK_DEAD)
		h = SINK_FAILING; /* a pause that is usual may be a restart of the receiver */
	becomes(p, s, h, with_hour(w, wait, asked, why, text, sizeof(text)));
	sending_tested(s, SINK_TEST_NOT_TAKEN, why);
}

void
posts_know_dead(struct posts *p, size_t sink, instant since)
{
	p->v[sink].health = SINK_DEAD;
	p->v[sink].since = since;
}

/* ---- when it is tried */

enum lane
sending_lane(const struct posts *p, size_t sink)
{
	const struct sending *s = &p->v[sink];
	const struct way *way = &p->on->ways->v[sink];
	span now = world_boot(p->on->world);

	if (!way_has_cell(way))
		return LANE_CLOSED;
	if (now >= s->not_before && way_is_open(way, world_now(p->on->world)))
		return LANE_OPEN;
	return now >= s->not_before_stop || s->test == SINK_TEST_WAITS ? LANE_URGENT : LANE_CLOSED;
}

static span
due_of(const struct posts *p, size_t sink, bool urgent, span not_before)
{
	span due;

	if (store_letters_next(p->on->world->store, p->v[sink].conf->id, urgent, &due, NULL) < 0 ||
	    due == SPAN_MAX)
		return SPAN_MAX;
	return due > not_before ? due : not_before;
}

/* CLOCK_BOOTTIME: when its hours begin, if that is later than t. */
static span
after_opening(const struct posts *p, const struct way *way, span t)
{
	const struct world *w = p->on->world;
	instant now = world_now(w);
	span opens;

	if (way_is_open(way, now))
		return t;
	opens = world_boot(w) + instant_minus(week_opens(&way->hours, now), now);
	return opens > t ? opens : t;
}

span
sending_next(const struct posts *p, size_t sink)
{
	const struct sending *s = &p->v[sink];
	const struct way *way = &p->on->ways->v[sink];
	span all, urgent;

	if (!way_has_cell(way))
		return SPAN_MAX;
	all = due_of(p, sink, false, after_opening(p, way, s->not_before));
	if (all <= s->not_before_stop && s->test != SINK_TEST_WAITS)
		return all;
	urgent = due_of(p, sink, true, s->test == SINK_TEST_WAITS ? 0 : s->not_before_stop);
	return urgent < all ? urgent : all;
}

/* ---- tests, and how it goes */

void
sending_tested(struct sending *s, enum sink_test test, const char *answer)
{
	if (s->test != SINK_TEST_WAITS)
		return;
	s->test = test;
	snprintf(s->test_answer, sizeof(s->test_answer), "%s", answer);
}

void
posts_test(struct posts *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct sending *s = &p->v[i];

		if (!way_has_cell(&p->on->ways->v[i]))
			continue;
		s->test = SINK_TEST_WAITS;
		s->test_answer[0] = '\0';
		s->not_before = s->not_before_stop = 0;
	}
}

int
posts_state(const struct posts *p, size_t sink, struct sink_state *out)
{
	const struct sending *s = &p->v[sink];
	const struct world *w = p->on->world;
	struct store_outbox o = { 0 };
	span next = sending_next(p, sink), now = world_boot(w);
	int rc = store_outbox(w->store, s->conf->id, &o, NULL);

	*out = (struct sink_state){ .health = s->health,
		.dead = class_of(s->health) == SINK_DEAD,
		.since = s->since,
		.last_taken = s->last_taken,
		.next_try = INSTANT_NONE,
		.waiting = o.letters,
		.dropped = o.dropped,
		.delivered = s->delivered,
		.reason = s->reason,
		.cell = s->cell,
		.test = s->test,
		.test_answer = s->test_answer };
	if (next != SPAN_MAX)
		out->next_try = instant_plus(world_now(w), next > now ? next - now : 0);
	return rc;
}

bool
posts_changed(struct posts *p)
{
	bool changed = p->changed;

	p->changed = false;
	return changed;
}
