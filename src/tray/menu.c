/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rows of the menu, and what each does.
 */
#include "tray/menu_private.h"

#include "base/day.h"
#include "tray/speech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX ((size_t)4 << 20)
#define NEXT_MAX 8

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
	int32_t back = menu_enter(k, menu_row_new(k, MENU_NONE, "next", tr("What fails next")));
	char clean[SPEECH_MAX], title[SPEECH_MAX], day[SPEECH_MAX];
	size_t n = 0;

	for (size_t i = 0; i < k->f->n; i++)
		if (k->f->v[i].start_by != INSTANT_NONE && fact_sign(&k->f->v[i]) != SIGN_EXCEPTED)
			v[n++] = &k->f->v[i];
	if (n > 0)
		qsort(v, n, sizeof(*v), by_day);
	for (size_t i = 0; i < n && i < NEXT_MAX; i++) {
		menu_row_new(k, MENU_OPEN, v[i]->fingerprint,
		    arena_printf(k->m->a, "%s  ·  %s", speech_start_by(v[i]->start_by, k->now, day),
			speech_mixed(
			    speech_safe(v[i]->check_title, SPEECH_TITLE_MAX, clean), title)))
		    ->icon = menu_icon(k, icon_of(fact_sign(v[i])));
	}
	if (n == 0)
		menu_row_new(k, MENU_NONE, "", tr("Nothing that has a date"));
	menu_line(k);
	menu_row_new(k, MENU_OPEN, "dates", tr("All dates in the report"));
	k->parent = back;
}

static void
test(struct making *k)
{
	const struct ctl_head *h = &k->f->head;
	int32_t back = menu_enter(k, menu_row_new(k, MENU_NONE, "test", tr("Test the alarm")));
	char day[SPEECH_MAX];

	menu_row_new(k, MENU_TEST, "", tr("Send a test alert"));
	menu_line(k);
	if (h->confirmed == INSTANT_NONE)
		menu_row_new(k, MENU_NONE, "", tr("Nobody has confirmed one yet"));
	else
		menu_row_new(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("Last confirmed: %s"),
			speech_moment(h->confirmed, k->now, day)));
	if (h->tested != INSTANT_NONE &&
	    (h->confirmed == INSTANT_NONE || h->confirmed < h->tested)) {
		menu_row_new(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("A test from %s waits for “I saw this”"),
			speech_moment(h->tested, k->now, day)));
		menu_row_new(k, MENU_CONFIRM, "", tr("I saw this"));
	}
	k->parent = back;
}

static void
about(struct making *k)
{
	int32_t back = menu_enter(k, menu_row_new(k, MENU_NONE, "about", tr("About")));
	char site[SPEECH_MAX], host[SPEECH_MAX];

	menu_row_new(k, MENU_NONE, "", "forewarn " FOREWARN_VERSION);
	menu_row_new(k, MENU_NONE, "", tr("Says what will fail, and when, in time"));
	if (k->f->head.site[0] != '\0')
		menu_row_new(k, MENU_NONE, "",
		    arena_printf(k->m->a, "%s, %s", speech_safe(k->f->head.site, 60, site),
			speech_safe(k->f->head.host, 60, host)));
	menu_row_new(k, MENU_NONE, "", tr("Licence: Apache 2.0"));
	k->parent = back;
}

static void
top(struct making *k)
{
	char text[SPEECH_MAX];
	enum icon_kind of = k->f->reach == REACH_OK ? icon_of(facts_sign(k->f)) : ICON_SILENT;

	menu_row_new(k, MENU_OPEN, "headline", speech_headline(k->f, text))->icon =
	    menu_icon(k, of);
	if (speech_under(k->f, k->now, text)[0] != '\0')
		menu_row_new(k, MENU_OPEN, "under", text);
	if (facts_run_silence(k->f, k->around->user, k->now) >= 0)
		menu_row_new(k, MENU_RUN_OVER, "", tr("The run is over: show everything again"));
}

struct menu *
menu_new(const struct facts *f, const struct menu_around *around, instant now)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct menu *m = arena_alloc(a, sizeof(*m));
	struct making k = { .m = m, .f = f, .around = around, .now = now };

	m->a = a;
	top(&k);
	if (f->reach == REACH_OK)
		menu_things(&k);
	else
		menu_last_known(&k);
	menu_line(&k);
	if (f->reach == REACH_OK) {
		next(&k);
		menu_row_new(&k, MENU_OPEN, "report", tr("Open report"));
		menu_row_new(&k, MENU_CHECK, "", tr("Check now"));
		test(&k);
	} else {
		menu_row_new(&k, around->busy ? MENU_NONE : MENU_OWN, "",
		    around->busy ? tr("Your own checks run…") : tr("Run my own checks"));
	}
	menu_line(&k);
	about(&k);
	return m;
}

void
menu_free(struct menu *m)
{
	if (m != NULL)
		arena_free(m->a);
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
