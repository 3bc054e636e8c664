/* SPDX-License-Identifier: Apache-2.0
 *
 * menu: what stands in the tray's menu, and what a click means. Ids come from what a row does and
 * for which alert, so that a click that arrives after the menu has changed still means the same.
 * Pure.
 */
#ifndef TRAY_MENU_H
#define TRAY_MENU_H

#include "tray/facts.h"
#include "tray/icon.h"

enum menu_act {
	MENU_NONE,
	MENU_ACK,      /* arg: the alert */
	MENU_MUTE_1H,  /* arg: the fingerprint */
	MENU_MUTE_RUN, /* until the run ends */
	MENU_MUTE_DAY, /* until tomorrow */
	MENU_RUN_OVER, /* the run has ended */
	MENU_OPEN,     /* the status page */
	MENU_CHECK,    /* look again now */
	MENU_OWN,      /* the user's own checks, without a daemon */
	MENU_TEST,     /* the alarm */
	MENU_CONFIRM   /* a person saw the test */
};

struct menu_row {
	int32_t id, parent; /* parent 0: in the menu itself */
	enum menu_act act;
	const char *arg, *label; /* clean UTF-8; an underscore is itself */
	const char *icon;        /* name in the theme, or NULL */
	bool line;               /* a separator */
	bool enabled, has_rows;  /* has_rows: a submenu */
};

struct menu {
	struct arena *a;
	struct menu_row *v;
	size_t n, cap;
};

struct menu_around {
	const char *user; /* name of the reader's account */
	enum icon_paint paint;
	bool busy; /* the user's own checks run */
};

/* Never NULL; by the caller freed. */
struct menu *menu_new(const struct facts *f, const struct menu_around *around, instant now);
void menu_free(struct menu *m);
const struct menu_row *menu_find(const struct menu *m, int32_t id); /* NULL: not there */
bool menu_same(const struct menu *a, const struct menu *b);

/* When a silence that starts now ends; false: the row mutes nothing. reason is for the list. */
bool menu_mute(enum menu_act act, instant now, instant *until, const char **reason);
#define MENU_RUN_MAX (12 * SPAN_H) /* a run that nobody ends is over then */

#endif
