/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the rows of what is not fine: what needs somebody, what is excepted, what was known last.
 */
#include "base/day.h"
#include "tray/menu_private.h"
#include "tray/speech.h"

#include <stdio.h>
#include <string.h>

#define URGENT_MAX 6 /* rows for alerts; more are counted */
#define WIDTH 56     /* characters of a line of a body */

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
		menu_row_new(k, MENU_OPEN, arena_printf(k->m->a, "%d line %zu", k->parent, k->m->n),
		    arena_textn(k->m->a, p, n));
		p += n;
		p += strspn(p, " ");
	}
}

static void
mute(struct making *k, const struct fact *v)
{
	int32_t back = menu_enter(k, menu_row_new(k, MENU_NONE, v->fingerprint, tr("Mute until…")));

	menu_row_new(k, MENU_MUTE_1H, v->fingerprint, tr("in 1 hour"));
	menu_row_new(k, MENU_MUTE_RUN, v->fingerprint, tr("the run ends"));
	menu_row_new(k, MENU_MUTE_DAY, v->fingerprint, tr("tomorrow morning"));
	k->parent = back;
}

/* The daemon's own title may end with the day to start. */
static bool
says_day(const char *title, instant day, instant now)
{
	char text[DAY_TEXT];

	return strstr(title, day_long(day, now, text)) != NULL ||
	       (day_distance(day, now) <= 0 && strstr(title, "today") != NULL);
}

/* Since when, last tried, last succeeded; and what the newest look says otherwise. */
static void
moments(struct making *k, const struct fact *v)
{
	char text[SPEECH_MAX], since[SPEECH_MAX];

	if (v->turn == STAND_BETTER && v->turn_since != INSTANT_NONE)
		menu_row_new(k, MENU_OPEN, arena_printf(k->m->a, "better %s", v->fingerprint),
		    arena_printf(k->m->a, tr("It looks better since %s, not confirmed yet"),
			speech_moment(v->turn_since, k->now, since)));
	if (speech_times(v, k->now, text)[0] != '\0')
		menu_row_new(k, MENU_OPEN, arena_printf(k->m->a, "times %s", v->fingerprint), text);
}

/* What somebody approved to be as it is: shown, with a word and a sign of its own. */
static void
excepted(struct making *k, const struct fact *v)
{
	char clean[SPEECH_MAX], text[SPEECH_MAX], day[SPEECH_MAX];
	struct menu_row *r;
	int32_t back;

	speech_mixed(speech_safe(v->title, SPEECH_TITLE_MAX, clean), text);
	r = menu_row_new(
	    k, MENU_NONE, v->fingerprint, arena_printf(k->m->a, tr("Excepted: %s"), text));
	r->icon = menu_icon(k, icon_of(SIGN_EXCEPTED));
	back = menu_enter(k, r);
	paragraph(k, v->body[0] != '\0' ? v->body : v->title);
	menu_row_new(k, MENU_OPEN, arena_printf(k->m->a, "until %s", v->fingerprint),
	    arena_printf(
		k->m->a, tr("It counts again on %s"), speech_day(v->excepted_until, k->now, day)));
	moments(k, v);
	k->parent = back;
}

void
menu_last_known(struct making *k)
{
	char text[SPEECH_MAX], since[SPEECH_MAX];
	size_t n = 0;

	for (size_t i = 0; i < k->f->n && n < URGENT_MAX; i++) {
		const struct fact *v = &k->f->v[i];

		if (fact_sign(v) <= SIGN_PLAN)
			continue;
		if (n++ == 0) {
			menu_line(k);
			menu_row_new(k, MENU_NONE, "known",
			    arena_printf(k->m->a, tr("What was known before %s:"),
				speech_moment(k->f->since, k->now, since)));
		}
		menu_row_new(
		    k, MENU_NONE, v->fingerprint, speech_safe(v->title, SPEECH_TITLE_MAX, text))
		    ->icon = menu_icon(k, icon_of(fact_sign(v)));
	}
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
		r = menu_row_new(k, MENU_NONE, v->fingerprint,
		    arena_printf(k->m->a, "%s  ·  %s", text, speech_due(v->start_by, k->now, by)));
	else
		r = menu_row_new(k, MENU_NONE, v->fingerprint, clean);
	r->icon = menu_icon(k, icon_of(fact_sign(v)));
	back = menu_enter(k, r);
	paragraph(k, v->body[0] != '\0' ? v->body : v->title);
	moments(k, v);
	if (v->acked || v->gate == GATE_SILENCED || v->open)
		menu_line(k);
	if (v->acked)
		menu_row_new(k, MENU_NONE, "",
		    arena_printf(k->m->a, tr("Taken by %s"),
			v->acked_by[0] != '\0' ? speech_safe(v->acked_by, 60, by)
					       : tr("somebody")));
	else if (v->open)
		menu_row_new(k, MENU_ACK, v->alert, tr("I saw this"));
	if (v->gate == GATE_SILENCED)
		menu_row_new(k, MENU_NONE, "", tr("Muted"));
	else if (v->level != LEVEL_STOP)
		mute(k, v);
	k->parent = back;
}

void
menu_things(struct making *k)
{
	size_t n = 0, shown = 0;
	char text[SPEECH_MAX];

	for (size_t i = 0; i < k->f->n; i++)
		if (fact_sign(&k->f->v[i]) > SIGN_PLAN) {
			if (n++ == 0)
				menu_line(k);
			if (n <= URGENT_MAX)
				urgent(k, &k->f->v[i]);
		}
	if (n > URGENT_MAX) {
		snprintf(text, sizeof(text), tr_n("%zu more", "%zu more", n - URGENT_MAX),
		    n - URGENT_MAX);
		menu_row_new(k, MENU_OPEN, "more", text);
	}
	for (size_t i = 0; i < k->f->n && shown < URGENT_MAX; i++)
		if (fact_sign(&k->f->v[i]) == SIGN_EXCEPTED) {
			if (shown++ == 0)
				menu_line(k);
			excepted(k, &k->f->v[i]);
		}
	if (k->f->excepted > shown) {
		snprintf(text, sizeof(text),
		    tr_n("%zu more excepted", "%zu more excepted", k->f->excepted - shown),
		    k->f->excepted - shown);
		menu_row_new(k, MENU_OPEN, "more excepted", text);
	}
}
