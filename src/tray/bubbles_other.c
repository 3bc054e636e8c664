/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the bubbles that are not one alert's (digest, daemon, test, over), and what outlives the
 * tray.
 */
#include "tray/bubbles_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST_LASTS (60 * SPAN_MIN) /* a test that nobody confirmed is taken off the screen */

/* What can wait, in one bubble a day. */
void
bubbles_plan_digest(struct planning *p)
{
	struct bubble_step s = {
		.urgency = BUBBLE_LOW, .level = LEVEL_PLAN, .buttons = BUTTON_OPEN
	};
	char title[SPEECH_MAX];
	size_t n = 0, at = 0;

	if (p->f->plans == 0) {
		bubbles_close(p->b, &p->b->plan);
		return;
	}
	if (p->b->plan_day == p->day || p->f->head.measuring)
		return;
	for (size_t i = 0; i < p->f->n; i++) {
		const struct fact *v = &p->f->v[i];

		if (fact_sign(v) != SIGN_PLAN || v->acked || v->gate == GATE_SILENCED || n++ >= 3)
			continue;
		at += (size_t)snprintf(s.body + at, sizeof(s.body) - at, "%s%.200s",
		    n == 1 ? "" : " · ", speech_safe(v->title, SPEECH_TITLE_MAX, title));
	}
	if (n == 0)
		return;
	snprintf(s.title, sizeof(s.title), tr_n("%zu thing to plan", "%zu things to plan", n), n);
	p->b->plan_day = p->day;
	p->b->changed = true;
	bubbles_show(p, &p->b->plan, &s);
}

bool
bubbles_blind(const struct planning *p)
{
	return p->f->reach != REACH_OK && p->now >= instant_plus(p->f->since, BUBBLES_GRACE);
}

/* Nobody watches any more: to be known as much as what is watched. */
void
bubbles_plan_daemon(struct planning *p)
{
	struct bubble_step s = {
		.urgency = BUBBLE_NORMAL, .level = LEVEL_UNKNOWN, .buttons = BUTTON_OPEN
	};
	struct bubbles *b = p->b;
	instant from = instant_plus(p->f->since, BUBBLES_GRACE);
	char since[SPEECH_MAX];

	if (p->f->reach != REACH_SILENT) {
		bubbles_close(b, &b->daemon);
		return;
	}
	if (!bubbles_blind(p)) {
		bubbles_wake(b, from);
		return;
	}
	if (b->daemon_day == p->day)
		return;
	s.stays = p->around->no_icon;
	snprintf(s.title, sizeof(s.title), "%s", tr("forewarn does not answer"));
	snprintf(s.body, sizeof(s.body),
	    tr("Nothing is checked on this computer since %s. Call whoever looks after it."),
	    speech_moment(p->f->since, p->now, since));
	b->daemon_day = p->day;
	b->changed = true;
	bubbles_show(p, &b->daemon, &s);
}

void
bubbles_plan_test(struct planning *p)
{
	const struct ctl_head *h = &p->f->head;
	struct bubbles *b = p->b;
	struct bubble_step s = {
		.urgency = BUBBLE_CRITICAL, .level = LEVEL_OK, .stays = true, .buttons = BUTTON_ACK
	};

	if (b->tests.there) {
		b->tests.there = false;
		memcpy(s.title, b->tests.title, sizeof(s.title));
		memcpy(s.body, b->tests.body, sizeof(s.body));
		b->test.shown = false; /* said anew, even in the same words */
		bubbles_show(p, &b->test, &s);
	} else if (b->test.shown &&
		   (p->now >= instant_plus(b->test_at, TEST_LASTS) ||
		       (h->confirmed != INSTANT_NONE && h->confirmed >= h->tested &&
			   h->confirmed >= b->test_at))) {
		bubbles_close(b, &b->test); /* somebody has confirmed it, here or elsewhere */
	}
	if (b->test.shown)
		bubbles_wake(b, instant_plus(b->test_at, TEST_LASTS));
}

/* Said once, only to those who heard of the trouble. */
void
bubbles_plan_over(struct planning *p)
{
	for (size_t i = 0; i < PASSING_MAX; i++) {
		struct passing *o = &p->b->over[i];
		struct bubble_step *s;

		if (!o->there)
			continue;
		o->there = false;
		if (p->f->head.measuring)
			continue;
		s = bubbles_step(p->b, o->key, true);
		s->urgency = BUBBLE_LOW;
		s->level = o->excepted ? LEVEL_EXCEPTED : LEVEL_OK;
		s->excepted = o->excepted;
		s->passing = true;
		memcpy(s->title, o->title, sizeof(s->title));
		memcpy(s->body, o->body, sizeof(s->body));
	}
}

static struct told *
named(struct bubbles *b, const char *key)
{
	struct told *const others[] = { &b->more, &b->locked, &b->plan, &b->daemon, &b->test };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(others[i]->key, key) == 0)
			return others[i];
	return bubbles_find(b, key, false);
}

void
bubbles_gone(struct bubbles *b, const char *key, instant now)
{
	struct told *t = named(b, key);

	if (t == NULL || !t->shown)
		return;
	t->shown = false;
	t->gone_at = now;
}

static void
lose(struct told *t)
{
	t->owed = t->owed || t->shown;
	t->shown = false;
}

void
bubbles_lost(struct bubbles *b)
{
	for (size_t i = 0; i < b->n; i++)
		lose(&b->v[i]);
	/* the others are made anew from the facts; what was passing has passed */
	b->more.shown = b->locked.shown = b->plan.shown = b->daemon.shown = b->test.shown = false;
	b->more.gone_at = b->locked.gone_at = INSTANT_NONE;
}

static void
words(struct passing *w, const char *key, const char *title, const char *body)
{
	w->there = true;
	snprintf(w->key, BUBBLE_KEY, "%s", key);
	speech_safe(title, SPEECH_TITLE_MAX, w->title);
	speech_safe(body, SPEECH_BODY_MAX, w->body);
}

void
bubbles_test(struct bubbles *b, const char *title, const char *body, instant now)
{
	words(&b->tests, "test", title, body);
	b->test_at = now;
}

void
bubbles_over(
    struct bubbles *b, const char *alert, bool excepted, const char *title, const char *body)
{
	const struct told *t = bubbles_find(b, alert, false);
	char key[BUBBLE_KEY];

	if (t == NULL || t->day == BUBBLE_NEVER || t->in_more || t->owed)
		return;
	for (size_t i = 0; i < PASSING_MAX; i++)
		if (!b->over[i].there) {
			snprintf(key, sizeof(key), "over %.40s", alert);
			words(&b->over[i], key, title, body);
			b->over[i].excepted = excepted;
			return;
		}
}

void
bubbles_save(const struct bubbles *b, struct str *out)
{
	str_addf(out, "plan %lld\ndaemon %lld\n", (long long)b->plan_day, (long long)b->daemon_day);
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].day != BUBBLE_NEVER)
			str_addf(out, "alert %s %d %lld\n", b->v[i].key, (int)b->v[i].level,
			    (long long)b->v[i].day);
}

static void
load_line(struct bubbles *b, const char *line)
{
	struct told *t;
	char key[BUBBLE_KEY];
	long long day;
	int level;

	if (sscanf(line, "plan %lld", &day) == 1)
		b->plan_day = day;
	else if (sscanf(line, "daemon %lld", &day) == 1)
		b->daemon_day = day;
	else if (sscanf(line, "alert %47s %d %lld", key, &level, &day) == 3 && level >= LEVEL_OK &&
		 level < LEVEL_N && (t = bubbles_find(b, key, true)) != NULL) {
		t->level = (enum level)level;
		t->day = day;
	}
}

void
bubbles_load(struct bubbles *b, const char *text)
{
	char line[128];

	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)(n < 127 ? n : 127), text);
		load_line(b, line);
		text += n + (text[n] == '\n');
	}
	b->changed = false;
}

bool
bubbles_changed(struct bubbles *b)
{
	bool was = b->changed;

	b->changed = false;
	return was;
}
