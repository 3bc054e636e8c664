/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-tray: owns what the facts look like: icon, menu and bubbles, and when to look again.
 */
#include "tray/desk/tray.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static enum icon_paint
paint(const struct tray *t)
{
	if (t->panel >= 0)
		return (enum icon_paint)t->panel;
	return t->dark ? PAINT_DARK : PAINT_LIGHT;
}

/* In a bubble the icon stands on the server's own ground: the full colours do on both. */
static const char *
bubble_icon(const struct tray *t, const struct bubble_step *s, char buf[1024])
{
	char name[ICON_NAME];
	enum icon_kind k =
	    strcmp(s->key, "daemon") == 0 ? ICON_SILENT : icon_of(sign_of(s->level, s->excepted));

	icon_name(k, PAINT_LIGHT, name);
	if (t->icons[0] != '\0')
		snprintf(buf, 1024, "%s/hicolor/scalable/status/%s.svg", t->icons, name);
	else
		snprintf(buf, 1024, "%s", name);
	return buf;
}

static void
show_bubbles(struct tray *t, instant now)
{
	const struct bubble_step *s;
	char icon[1024];
	size_t n;

	s = bubbles_plan(t->bubbles, t->facts, &t->around, now, &n);
	for (size_t i = 0; i < n; i++)
		bus_notes_do(t->notes, &s[i], bubble_icon(t, &s[i], icon));
	if (bubbles_changed(t->bubbles))
		tray_remember(t);
}

static gboolean
on_later(void *self)
{
	struct tray *t = self;

	t->later = 0;
	tray_refresh(t);
	return G_SOURCE_REMOVE;
}

void
tray_wake_later(struct tray *t, instant now)
{
	instant next = bubbles_next(t->bubbles);
	span in = next == INSTANT_NONE ? SPAN_MAX : instant_minus(next, now);

	if (t->later != 0)
		g_source_remove(t->later);
	t->later = 0;
	if (in == SPAN_MAX)
		return;
	/* a suspended machine does not count these: within an hour it looks again */
	in = MIN(in, SPAN_H);
	t->later = g_timeout_add_seconds((guint)(MAX(in, 0) / SPAN_S) + 1, on_later, t);
}

void
tray_refresh(struct tray *t)
{
	instant now = t->clk->wall(t->clk);
	const struct facts *f = t->facts;
	const struct menu_around around = { .user = t->user, .paint = paint(t), .busy = t->busy };
	enum icon_kind kind = f->reach == REACH_OK ? icon_of(facts_sign(f)) : ICON_SILENT;
	char headline[SPEECH_MAX], under[SPEECH_MAX];

	if (t->menu == NULL)
		return;
	bus_menu_set(t->menu, menu_new(f, &around, now));
	bus_item_set(t->item, kind, paint(t), f->reach == REACH_OK && f->needs > 0,
	    speech_headline(f, headline), speech_under(f, now, under));
	show_bubbles(t, now);
	tray_wake_later(t, now);
}

void
tray_say(struct tray *t, const char *title, const char *body)
{
	struct bubble_step s = {
		.show = true, .key = "said", .level = LEVEL_UNKNOWN, .passing = true
	};
	char icon[1024];

	if (t->notes == NULL) {
		fprintf(stderr, "forewarn-tray: %s: %s\n", title, body);
		t->rc = EX_UNAVAILABLE;
		return;
	}
	speech_safe(title, SPEECH_TITLE_MAX, s.title);
	speech_safe(body, SPEECH_BODY_MAX, s.body);
	s.urgency = BUBBLE_NORMAL;
	bus_notes_do(t->notes, &s, bubble_icon(t, &s, icon));
}
