/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rows of the menu, and what each does.
 */
#include "tray/menu.h"

#include "base/day.h"
#include "tray/speech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)4 << 20)
#define URGENT_MAX 6 /* rows for alerts; more are counted */
#define NEXT_MAX 8
#define WIDTH 56 /* characters of a line of a body */

/* Rows in the making: where they hang. */
struct making {
	struct menu *m;
	const struct facts *f;
	const struct menu_around *around;
	instant now;
	int32_t parent;
};

static int32_t
id_for(const struct menu *m, enum menu_act act, const char *arg, const char *label)
{
	/* what does nothing is known by its words, what does something by what it does */
	const char *of[] = { arg, act == MENU_NONE ? label : "" };
	uint32_t h = 2166136261u ^ (uint32_t)act;
	int32_t id;

	for (size_t i = 0; i < 2; i++)
		for (const char *p = of[i]; *p != '\0'; p++)
			h = (h ^ (unsigned char)*p) * 16777619u;
	for (id = (int32_t)(h & 0x3fffffff) + 1; menu_find(m, id) != NULL; id++)
		continue;
	return id;
}

static struct menu_row *
row(struct making *k, enum menu_act act, const char *arg, const char *label)
{
	struct menu *m = k->m;
	struct menu_row *r;

	m->v = arena_grow(m->a, m->v, m->n, &m->cap, sizeof(*m->v));
	r = &m->v[m->n];
	*r = (struct menu_row){ .parent = k->parent,
		.act = act,
		.arg = arena_text(m->a, arg),
		.label = arena_text(m->a, label),
		.enabled = act != MENU_NONE };
	r->id = id_for(m, act, r->arg, arena_printf(m->a, "%d %s", k->parent, label));
	m->n++;
	return r;
}

static void
line(struct making *k)
{
	row(k, MENU_NONE, "", arena_printf(k->m->a, "line %zu", k->m->n))->line = true;
}

/* What is added until `leave` hangs below it. Returns the place to go back to. */
static int32_t
enter(struct making *k, struct menu_row *r)
{
	int32_t back = k->parent;

	r->has_rows = r->enabled = true;
	k->parent = r->id;
	return back;
}

/* A body of up to 240 characters as some rows to read. */
static void
paragraph(struct making *k, const char *text)
{
	char clean[SPEECH_MAX];
	const char *p = speech_safe(text, SPEECH_BODY_MAX, clean);

	while (*p != '\0') {
		size_t n = 0, chars = 0, space = 0;

		for (; p[n] != '\0' && chars < WIDTH; n++) {
			if (((unsigned char)p[n] & 0xc0) != 0x80)
				chars++;
			if (p[n] == ' ')
				space = n;
		}
		while (((unsigned char)p[n] & 0xc0) == 0x80)
			n++;
		if (p[n] != '\0' && space > 0)
			n = space;
		/* dimmed rows are hard to read; a click on the words shows all of them */
		row(k, MENU_OPEN, arena_printf(k->m->a, "%d line %zu", k->parent, k->m->n),
		    arena_textn(k->m->a, p, n));
		p += n;
		p += strspn(p, " ");
	}
}

static void
mute(struct making *k, const struct fact *v)
{
	int32_t back = enter(k, row(k, MENU_NONE, v->fingerprint, tr("Mute until…")));

	row(k, MENU_MUTE_1H, v->fingerprint, tr("in 1 hour"));
	row(k, MENU_MUTE_RUN, v->fingerprint, tr("the run ends"));
	row(k, MENU_MUTE_DAY, v->fingerprint, tr("tomorrow morning"));
	k->parent = back;
}

static const char *
icon(struct making *k, enum icon_kind of)
{
	char name[ICON_NAME];

	return arena_text(k->m->a, icon_name(of, k->around->paint, name));
}

/* The daemon's own title may end with the day to start. */
static bool
says_day(const char *title, instant day, instant now)
{
	char text[DAY_TEXT];

	return strstr(title, day_long(day, now, text)) != NULL ||
	       (day_distance(day, now) <= 0 && strstr(title, "today") != NULL);
}

static void
urgent(struct making *k, const struct fact *v)
{
	char clean[SPEECH_MAX], text[SPEECH_MAX], by[SPEECH_MAX];
	struct menu_row *r;
	int32_t back;

	speech_safe(v->title, SPEECH_TITLE_MAX, clean);
	speech_mixed(clean, text);
	if (v->start_by != INSTANT_NONE && !says_day(clean, v->start_by, k->now))
		r = row(k, MENU_NONE, v->fingerprint,
		    arena_printf(k->m->a, "%s  ·  %s", text, speech_due(v->start_by, k->now, by)));
	else
		r = row(k, MENU_NONE, v->fingerprint, clean);
	r->icon = icon(k, icon_of(v->level));
	back = enter(k, r);
	paragraph(k, v->body[0] != '\0' ? v->body : v->title);
	if (v->acked || v->gate == GATE_SILENCED || v->open)
		line(k);
	if (v->acked)
		row(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("Taken by %s"),
			v->acked_by[0] != '\0' ? speech_safe(v->acked_by, 60, by)
					       : tr("somebody")));
	else if (v->open)
		row(k, MENU_ACK, v->alert, tr("I saw this"));
	if (v->gate == GATE_SILENCED)
		row(k, MENU_NONE, "", tr("Muted"));
	else if (v->level != LEVEL_STOP)
		mute(k, v);
	k->parent = back;
}

static void
things(struct making *k)
{
	size_t n = 0;
	char text[SPEECH_MAX];

	for (size_t i = 0; i < k->f->n; i++)
		if (k->f->v[i].level > LEVEL_PLAN) {
			if (n++ == 0)
				line(k);
			if (n <= URGENT_MAX)
				urgent(k, &k->f->v[i]);
		}
	if (n > URGENT_MAX) {
		snprintf(text, sizeof(text), tr_n("%zu more", "%zu more", n - URGENT_MAX),
		    n - URGENT_MAX);
		row(k, MENU_OPEN, "more", text);
	}
}

static int
by_day(const void *va, const void *vb)
{
	const struct fact *const *a = va, *const *b = vb;

	return (*a)->start_by < (*b)->start_by ? -1 : (*a)->start_by > (*b)->start_by;
}

static void
next(struct making *k)
{
	const struct fact **v = arena_array(k->m->a, k->f->n + 1, sizeof(struct fact *));
	int32_t back = enter(k, row(k, MENU_NONE, "next", tr("What fails next")));
	char clean[SPEECH_MAX], title[SPEECH_MAX], day[SPEECH_MAX];
	size_t n = 0;

	for (size_t i = 0; i < k->f->n; i++)
		if (k->f->v[i].start_by != INSTANT_NONE)
			v[n++] = &k->f->v[i];
	if (n > 0)
		qsort(v, n, sizeof(*v), by_day);
	for (size_t i = 0; i < n && i < NEXT_MAX; i++) {
		row(k, MENU_OPEN, v[i]->fingerprint,
		    arena_printf(k->m->a, "%s  ·  %s", speech_start_by(v[i]->start_by, k->now, day),
			speech_mixed(
			    speech_safe(v[i]->check_title, SPEECH_TITLE_MAX, clean), title)))
		    ->icon = icon(k, icon_of(v[i]->level));
	}
	if (n == 0)
		row(k, MENU_NONE, "", tr("Nothing that has a date"));
	line(k);
	row(k, MENU_OPEN, "dates", tr("All dates in the report"));
	k->parent = back;
}

static void
test(struct making *k)
{
	const struct ctl_head *h = &k->f->head;
	int32_t back = enter(k, row(k, MENU_NONE, "test", tr("Test the alarm")));
	char day[SPEECH_MAX];

	row(k, MENU_TEST, "", tr("Send a test alert"));
	line(k);
	if (h->confirmed == INSTANT_NONE)
		row(k, MENU_NONE, "", tr("Nobody has confirmed one yet"));
	else
		row(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("Last confirmed: %s"),
			speech_moment(h->confirmed, k->now, day)));
	if (h->tested != INSTANT_NONE &&
	    (h->confirmed == INSTANT_NONE || h->confirmed < h->tested)) {
		row(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("A test from %s waits for “I saw this”"),
			speech_moment(h->tested, k->now, day)));
		row(k, MENU_CONFIRM, "", tr("I saw this"));
	}
	k->parent = back;
}

static void
about(struct making *k)
{
	int32_t back = enter(k, row(k, MENU_NONE, "about", tr("About")));
	char site[SPEECH_MAX], host[SPEECH_MAX];

	row(k, MENU_NONE, "", "forewarn " FOREWARN_VERSION);
	row(k, MENU_NONE, "", tr("Says what will fail, and when, in time"));
	if (k->f->head.site[0] != '\0')
		row(k, MENU_NONE, "",
		    arena_printf(k->m->a, "%s, %s", speech_safe(k->f->head.site, 60, site),
			speech_safe(k->f->head.host, 60, host)));
	row(k, MENU_NONE, "", tr("Licence: Apache 2.0"));
	k->parent = back;
}

static void
top(struct making *k)
{
	char text[SPEECH_MAX];
	enum icon_kind of = k->f->reach == REACH_OK ? icon_of(k->f->level) : ICON_SILENT;

	row(k, MENU_OPEN, "headline", speech_headline(k->f, text))->icon = icon(k, of);
	if (speech_under(k->f, k->now, text)[0] != '\0')
		row(k, MENU_OPEN, "under", text);
	if (facts_run_silence(k->f, k->around->user, k->now) >= 0)
		row(k, MENU_RUN_OVER, "", tr("The run is over: show everything again"));
}

struct menu *
menu_new(const struct facts *f, const struct menu_around *around, instant now)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct menu *m = arena_alloc(a, sizeof(*m));
	struct making k = { .m = m, .f = f, .around = around, .now = now };

	m->a = a;
	top(&k);
	things(&k);
	line(&k);
	if (f->reach == REACH_OK) {
		next(&k);
		row(&k, MENU_OPEN, "report", tr("Open report"));
		row(&k, MENU_CHECK, "", tr("Check now"));
		test(&k);
	} else {
		row(&k, around->busy ? MENU_NONE : MENU_OWN, "",
		    around->busy ? tr("Your own checks run…") : tr("Run my own checks"));
	}
	line(&k);
	about(&k);
	return m;
}

void
menu_free(struct menu *m)
{
	if (m != NULL)
		arena_free(m->a);
}

const struct menu_row *
menu_find(const struct menu *m, int32_t id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].id == id)
			return &m->v[i];
	return NULL;
}

bool
menu_same(const struct menu *a, const struct menu *b)
{
	if (a == NULL || b == NULL || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct menu_row *x = &a->v[i], *y = &b->v[i];

		if (x->id != y->id || x->parent != y->parent || x->enabled != y->enabled ||
		    strcmp(x->label, y->label) != 0 || (x->icon == NULL) != (y->icon == NULL) ||
		    (x->icon != NULL && strcmp(x->icon, y->icon) != 0))
			return false;
	}
	return true;
}

bool
menu_mute(enum menu_act act, instant now, instant *until, const char **reason)
{
	*reason = "from the tray";
	switch (act) {
	case MENU_MUTE_1H:
		*until = instant_plus(now, SPAN_H);
		return true;
	case MENU_MUTE_RUN:
		*until = instant_plus(now, MENU_RUN_MAX);
		*reason = FACTS_RUN_REASON;
		return true;
	case MENU_MUTE_DAY:
		/* eight in the morning, where the reader is; from noon of tomorrow back to its
		 * start */
		*until =
		    instant_plus(day_start(instant_plus(day_start(now), 36 * SPAN_H)), 8 * SPAN_H);
		return true;
	default:
		return false;
	}
}
