/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the steps of one plan, and the list of what was told of each alert.
 */
#include "tray/bubbles_private.h"

#include "base/day.h"

#include <stdio.h>
#include <string.h>

int64_t
bubbles_day(instant now)
{
	return day_start(instant_plus(now, -BUBBLES_DAY_BEGINS)) / INSTANT_S;
}

struct bubble_step *
bubbles_step(struct bubbles *b, const char *key, bool show)
{
	struct bubble_step *s;

	b->steps = arena_grow(b->a, b->steps, b->nsteps, &b->cap_steps, sizeof(*b->steps));
	s = &b->steps[b->nsteps++];
	memset(s, 0, sizeof(*s));
	s->show = show;
	snprintf(s->key, BUBBLE_KEY, "%s", key);
	return s;
}

void
bubbles_close(struct bubbles *b, struct told *t)
{
	if (t->shown)
		bubbles_step(b, t->key, false);
	t->shown = false;
}

static uint64_t
hash(const struct bubble_step *s)
{
	uint64_t h = UINT64_C(1469598103934665603) ^ (uint64_t)s->level;

	for (const char *p = s->title; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	for (const char *p = s->body; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return h ^ (uint64_t)s->urgency ^ (uint64_t)s->stays << 8;
}

void
bubbles_show(struct planning *p, struct told *t, const struct bubble_step *as)
{
	uint64_t text = hash(as);
	struct bubble_step *s;

	if (t->shown && t->text == text)
		return;
	s = bubbles_step(p->b, t->key, true);
	memcpy(s, as, sizeof(*s));
	s->show = true;
	snprintf(s->key, BUBBLE_KEY, "%s", t->key);
	p->b->changed = p->b->changed || t->level != as->level || t->day != p->day;
	t->shown = true;
	t->owed = false;
	t->gone_at = INSTANT_NONE;
	t->text = text;
	t->level = as->level;
	t->day = p->day;
}

void
bubbles_wake(struct bubbles *b, instant at)
{
	if (b->next == INSTANT_NONE || at < b->next)
		b->next = at;
}

struct told *
bubbles_find(struct bubbles *b, const char *key, bool make)
{
	struct told *t;

	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->v[i].key, key) == 0)
			return &b->v[i];
	if (!make || b->n == BUBBLES_MAX)
		return NULL;
	t = &b->v[b->n++];
	memset(t, 0, sizeof(*t));
	snprintf(t->key, BUBBLE_KEY, "%s", key);
	t->day = BUBBLE_NEVER;
	t->gone_at = INSTANT_NONE;
	return t;
}
