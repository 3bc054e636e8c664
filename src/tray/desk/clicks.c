/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-tray: owns what a click, a key or news of the desktop means.
 */
#include "tray/desk/tray.h"

#include <gio/gio.h>
#include <string.h>
#include <sysexits.h>

static void
ack(struct tray *t, const char *alert)
{
	tray_send(
	    t, &(struct ctl_request){ .kind = CTL_ACK, .pattern = alert, .until = INSTANT_NONE });
}

/* A fingerprint as a pattern that means only itself. */
static char *
exactly(const char *fingerprint)
{
	GString *s = g_string_new(NULL);

	for (const char *p = fingerprint; *p != '\0'; p++) {
		if (strchr("*?[\\", *p) != NULL)
			g_string_append_c(s, '\\');
		g_string_append_c(s, *p);
	}
	return g_string_free(s, FALSE);
}

static void
mute(struct tray *t, enum menu_act act, const char *fingerprint)
{
	struct ctl_request r = { .kind = CTL_SILENCE };
	char *pattern = exactly(fingerprint);

	r.pattern = pattern;
	if (menu_mute(act, t->clk->wall(t->clk), &r.until, &r.text))
		tray_send(t, &r);
	g_free(pattern);
}

static void
on_act(void *self, enum menu_act act, const char *arg)
{
	struct tray *t = self;
	struct ctl_request r = { .until = INSTANT_NONE };

	switch (act) {
	case MENU_ACK:
		ack(t, arg);
		break;
	case MENU_MUTE_1H:
	case MENU_MUTE_RUN:
	case MENU_MUTE_DAY:
		mute(t, act, arg);
		break;
	case MENU_RUN_OVER:
		r.kind = CTL_UNSILENCE;
		r.row = facts_run_silence(t->facts, t->user, t->clk->wall(t->clk));
		tray_send(t, &r);
		break;
	case MENU_OPEN:
		tray_open_report(t);
		break;
	case MENU_CHECK:
		r.kind = CTL_RUN;
		tray_send(t, &r);
		break;
	case MENU_OWN:
		tray_own_checks(t);
		break;
	case MENU_TEST:
		r.kind = CTL_TEST;
		tray_send(t, &r);
		break;
	case MENU_CONFIRM:
		r.kind = CTL_CONFIRM;
		tray_send(t, &r);
		break;
	case MENU_NONE:
		break;
	}
}

static void
on_opening(void *self)
{
	tray_refresh(self);
}

static void
on_activate(void *self)
{
	tray_open_report(self);
}

static void
on_button(void *self, const char *key, enum bubble_buttons which)
{
	struct tray *t = self;

	if (which == BUTTON_OPEN)
		tray_open_report(t);
	else if (strcmp(key, "test") == 0)
		on_act(t, MENU_CONFIRM, "");
	else
		ack(t, key);
}

static void
on_gone(void *self, const char *key)
{
	struct tray *t = self;

	bubbles_gone(t->bubbles, key, t->clk->wall(t->clk));
	tray_wake_later(t, t->clk->wall(t->clk));
}

static void
on_server(void *self, bool there)
{
	struct tray *t = self;

	if (!there)
		bubbles_lost(t->bubbles);
	t->around.server = there;
	tray_refresh(t);
}

static void
on_seen(void *self, bool somebody)
{
	struct tray *t = self;

	if (t->around.no_icon == !somebody)
		return;
	t->around.no_icon = !somebody;
	tray_refresh(t);
}

static void
on_screen(void *self, bool locked, bool dark)
{
	struct tray *t = self;

	if (t->around.locked == locked && t->dark == dark)
		return;
	t->around.locked = locked;
	t->dark = dark;
	tray_refresh(t);
}

int
tray_desk_open(struct tray *t)
{
	t->item = bus_item_new(t->bus, t->icons, &(struct bus_item_ops){ on_activate, on_seen, t });
	t->menu = bus_menu_new(
	    t->bus, t->icons, speech_rtl(), &(struct bus_menu_ops){ on_act, on_opening, t });
	if (t->item == NULL || t->menu == NULL)
		return EX_UNAVAILABLE;
	t->notes =
	    bus_notes_new(t->bus, &(struct bus_notes_ops){ on_button, on_gone, on_server, t });
	t->screen = bus_screen_new(t->bus, &(struct bus_screen_ops){ on_screen, t });
	return 0;
}

void
tray_desk_close(struct tray *t)
{
	if (t->later != 0)
		g_source_remove(t->later);
	bus_screen_free(t->screen);
	bus_notes_free(t->notes);
	bus_menu_free(t->menu);
	bus_item_free(t->item);
}
