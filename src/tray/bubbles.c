/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the plan: which bubble is shown, replaced or closed now.
 */
#include "tray/bubbles_private.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX ((size_t)16 << 20) /* bytes of one plan */

struct bubbles *
bubbles_new(void)
{
	struct bubbles *b = calloc(1, sizeof(*b));

	if (b == NULL)
		memory_none("the bubbles");
	b->a = arena_new(STEPS_MAX);
	b->plan_day = b->daemon_day = BUBBLE_NEVER;
	b->window = b->next = b->test_at = INSTANT_NONE;
	snprintf(b->more.key, BUBBLE_KEY, "more");
	snprintf(b->locked.key, BUBBLE_KEY, "locked");
	snprintf(b->plan.key, BUBBLE_KEY, "plan");
	snprintf(b->daemon.key, BUBBLE_KEY, "daemon");
	snprintf(b->test.key, BUBBLE_KEY, "test");
	return b;
}

void
bubbles_free(struct bubbles *b)
{
	if (b != NULL)
		arena_free(b->a);
	free(b);
}

static bool
stays(const struct planning *p, enum level l)
{
	return l == LEVEL_STOP || p->around->no_icon;
}

/* Whether it is time to tell of it, though it is not on the screen. */
static bool
is_due(struct planning *p, const struct fact *v, const struct told *t)
{
	if (p->f->head.measuring && v->level != LEVEL_STOP)
		return false;
	if (t->owed || t->day != p->day || v->level > t->level)
		return true;
	if (!stays(p, v->level) || t->in_more)
		return false;
	if (t->gone_at == INSTANT_NONE)
		return true; /* a new tray: the old one closed what it had */
	if (p->now - t->gone_at >= BUBBLES_AGAIN / SPAN_US)
		return true;
	bubbles_wake(p->b, instant_plus(t->gone_at, BUBBLES_AGAIN));
	return false;
}

/* What is new within a minute counts together: the first three have a bubble each, and with one
 * more all of them become the summary. Stop and the rest are counted apart. */
static void
open_window(struct planning *p)
{
	struct bubbles *b = p->b;
	size_t fresh[2] = { 0, 0 };

	if (b->window == INSTANT_NONE || p->now < b->window ||
	    p->now >= instant_plus(b->window, BUBBLES_WINDOW)) {
		b->window = p->now;
		b->used[0] = b->used[1] = 0;
	}
	for (size_t i = 0; p->f->reach == REACH_OK && i < p->f->n; i++) {
		const struct fact *v = &p->f->v[i];
		const struct told *t = fact_calls(v) ? bubbles_find(b, v->alert, true) : NULL;

		if (t != NULL && !t->shown && !t->owed && is_due(p, v, t))
			fresh[v->level == LEVEL_STOP]++;
	}
	for (int stop = 0; stop <= 1; stop++) {
		p->storm[stop] = b->used[stop] + fresh[stop] > BUBBLES_AT_ONCE;
		b->used[stop] += fresh[stop];
	}
}

/* forewarnd is gone: since when nothing is known is what there is to say. */
static void
blind_body(const struct planning *p, char body[SPEECH_MAX])
{
	char since[SPEECH_MAX];

	if (bubbles_blind(p))
		snprintf(body, SPEECH_MAX,
		    tr("forewarnd does not answer since %.200s; nothing is known of this since."),
		    speech_moment(p->f->since, p->now, since));
}

static void
say(struct planning *p, const struct fact *v, struct told *t)
{
	struct bubble_step s = { .level = v->level,
		.urgency = stays(p, v->level) ? BUBBLE_CRITICAL : BUBBLE_NORMAL,
		.stays = stays(p, v->level),
		.buttons = BUTTON_ACK | BUTTON_OPEN };

	speech_safe(v->title, SPEECH_TITLE_MAX, s.title);
	speech_safe(v->body, SPEECH_BODY_MAX, s.body);
	blind_body(p, s.body);
	t->in_more = false;
	bubbles_show(p, t, &s);
}

/* forewarnd is gone: what is on the screen and must stay says so; nothing new is told of it. */
static void
unwatched(struct planning *p, const struct fact *v, struct told *t)
{
	if (!stays(p, v->level))
		t->wanted = false;
	else if (t->owed || (t->shown && bubbles_blind(p)))
		say(p, v, t);
}

static void
into_summary(struct planning *p, const struct fact *v, struct told *t)
{
	bubbles_close(p->b, t);
	t->in_more = true;
	t->owed = false;
	t->level = v->level;
	t->day = p->day;
	p->b->changed = true;
}

/* On the screen, and only the words or the level are new: replaced in place. A change for the worse
 * is said anew by the server when its urgency rises. */
static void
one(struct planning *p, const struct fact *v)
{
	struct told *t = bubbles_find(p->b, v->alert, true);
	bool storm = p->storm[v->level == LEVEL_STOP];

	if (t == NULL)
		return;
	t->wanted = true;
	if (p->f->reach != REACH_OK) {
		unwatched(p, v, t);
	} else if (t->shown && storm && t->began >= p->b->window) {
		into_summary(p, v, t);
	} else if (t->shown || t->owed) {
		say(p, v, t);
	} else if (is_due(p, v, t)) {
		if (storm) {
			into_summary(p, v, t);
		} else {
			t->began = p->now;
			say(p, v, t);
		}
	}
}

/* One for all of a storm. */
static void
summary(struct planning *p)
{
	struct bubble_step s = { .urgency = BUBBLE_NORMAL, .buttons = BUTTON_OPEN };
	size_t n = 0, at = 0;
	char title[SPEECH_MAX];

	for (size_t i = 0; i < p->f->n; i++) {
		const struct fact *v = &p->f->v[i];
		const struct told *t = v->alert[0] != '\0' && fact_calls(v)
					   ? bubbles_find(p->b, v->alert, false)
					   : NULL;

		if (t == NULL || !t->in_more)
			continue;
		s.level = level_worst(s.level, v->level);
		if (n++ < 3)
			at += (size_t)snprintf(s.body + at, sizeof(s.body) - at, "%s%.200s",
			    n == 1 ? "" : " · ", speech_safe(v->title, SPEECH_TITLE_MAX, title));
	}
	if (n == 0) {
		bubbles_close(p->b, &p->b->more);
		return;
	}
	/* a person who closed it knows of it */
	if (!p->b->more.shown && p->b->more.gone_at != INSTANT_NONE && p->b->more.day == p->day &&
	    s.level <= p->b->more.level && n <= p->b->more_n)
		return;
	snprintf(
	    s.title, sizeof(s.title), tr_n("%zu thing needs you", "%zu things need you", n), n);
	blind_body(p, s.body);
	s.stays = stays(p, s.level);
	s.urgency = s.stays ? BUBBLE_CRITICAL : BUBBLE_NORMAL;
	p->b->more_n = n;
	bubbles_show(p, &p->b->more, &s);
}

/* Closes what nobody needs any more and forgets what is over. */
static void
clear(struct planning *p)
{
	struct bubbles *b = p->b;
	size_t kept = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct told *t = &b->v[i];

		if (!t->wanted) {
			bubbles_close(b, t);
			t->in_more = t->owed = false;
		}
		if (p->f->reach != REACH_OK || facts_find(p->f, t->key) != NULL)
			b->v[kept++] = *t;
		else
			b->changed = true;
	}
	b->n = kept;
}

/* A locked screen is read by whoever passes: a number and no more. */
static void
in_the_dark(struct planning *p)
{
	struct bubble_step s = { .urgency = BUBBLE_NORMAL, .level = LEVEL_OK };
	struct bubbles *b = p->b;
	size_t n = 0;

	for (size_t i = 0; i < p->f->n; i++) {
		const struct fact *v = &p->f->v[i];
		struct told *t = fact_calls(v) ? bubbles_find(b, v->alert, true) : NULL;

		if (t == NULL)
			continue;
		t->wanted = true;
		if (t->shown) {
			t->owed = true;
			bubbles_close(b, t);
		} else if (!t->owed && is_due(p, v, t)) {
			t->owed = true;
		}
		if (t->owed) {
			s.level = level_worst(s.level, v->level);
			n++;
		}
	}
	bubbles_close(b, &b->more);
	bubbles_close(b, &b->plan);
	bubbles_close(b, &b->test);
	if (n == 0) {
		bubbles_close(b, &b->locked);
		return;
	}
	s.stays = stays(p, s.level);
	s.urgency = s.stays ? BUBBLE_CRITICAL : BUBBLE_NORMAL;
	snprintf(
	    s.title, sizeof(s.title), tr_n("%zu thing needs you", "%zu things need you", n), n);
	snprintf(s.body, sizeof(s.body), "%s", tr("Unlock the screen to see what it is."));
	if (!b->locked.shown && b->locked.gone_at != INSTANT_NONE && b->locked.level >= s.level)
		return;
	bubbles_show(p, &b->locked, &s);
}

static void
in_the_light(struct planning *p)
{
	bubbles_close(p->b, &p->b->locked);
	p->b->locked.gone_at = INSTANT_NONE;
	open_window(p);
	for (size_t i = 0; i < p->f->n; i++)
		if (fact_calls(&p->f->v[i]))
			one(p, &p->f->v[i]);
	summary(p);
	bubbles_plan_digest(p);
	bubbles_plan_test(p);
	bubbles_plan_over(p);
}

const struct bubble_step *
bubbles_plan(struct bubbles *b, const struct facts *f, const struct bubbles_around *around,
    instant now, size_t *n)
{
	struct planning p = { b, f, around, now, bubbles_day(now), { false, false } };

	arena_reset(b->a);
	b->steps = NULL;
	b->nsteps = b->cap_steps = 0;
	b->next = INSTANT_NONE;
	for (size_t i = 0; i < b->n; i++)
		b->v[i].wanted = false;
	if (around->server) {
		if (around->locked)
			in_the_dark(&p);
		else
			in_the_light(&p);
		bubbles_plan_daemon(&p);
		clear(&p);
		/* once a day: tomorrow it is told again */
		if (f->n > 0)
			bubbles_wake(b, instant_plus((p.day + 86400) * INSTANT_S,
					    BUBBLES_DAY_BEGINS + SPAN_MIN));
	}
	*n = b->nsteps;
	return b->steps;
}

instant
bubbles_next(const struct bubbles *b)
{
	return b->next;
}
