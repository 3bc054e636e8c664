/* SPDX-License-Identifier: Apache-2.0
 *
 * tray: what the files of forewarn-tray share. One loop (GLib's), one thread of ours; nothing in it
 * waits. What is shown and when is decided in src/tray without any desktop.
 */
#ifndef TRAY_DESK_TRAY_H
#define TRAY_DESK_TRAY_H

#include "base/clk.h"
#include "tray/bubbles.h"
#include "tray/desk/bus_item.h"
#include "tray/desk/bus_menu.h"
#include "tray/desk/bus_notes.h"
#include "tray/desk/bus_screen.h"
#include "tray/facts.h"
#include "tray/link.h"

#define TRAY_NAME "org.forewarn.Tray" /* one tray a session */

struct tray {
	struct _GMainLoop *loop;
	struct _GDBusConnection *bus;
	int rc; /* exit code when the loop ends */
	struct clk *clk;
	struct arena *arena; /* for its whole life */
	const char *socket, *user;
	const char *icons;  /* folder of the icon theme, "" the installed one */
	const char *folder; /* of what outlives the tray, "" none */
	int panel;          /* enum icon_paint, or -1: what the desktop says */

	struct facts *facts;
	struct bubbles *bubbles;
	struct bubbles_around around;
	bool dark, busy; /* busy: the user's own checks run */
	bool once;       /* only the status page was asked for */
	bool had_answer; /* the daemon has been there since the tray started */

	struct bus_item *item;
	struct bus_menu *menu;
	struct bus_notes *notes;
	struct bus_screen *screen;

	/* to the daemon; sources of the loop, 0: none */
	struct link *listening, *asking;
	struct facts *coming; /* the answer so far */
	unsigned on_event, on_answer, patience, retry, silence, later;
	unsigned tries;
	bool ask_again;
};

/* daemon */
void tray_connect(struct tray *t);
void tray_disconnect(struct tray *t);
/* A request that changes something; what comes of it is shown. */
void tray_send(struct tray *t, const struct ctl_request *r);

/* clicks */
int tray_desk_open(struct tray *t); /* exit code; 0 it stands */
void tray_desk_close(struct tray *t);

/* showing */
void tray_refresh(struct tray *t); /* icon, menu and bubbles follow the facts */
void tray_say(struct tray *t, const char *title, const char *body); /* to whoever clicked */
/* Sets the timer for the next moment at which bubbles change by themselves. */
void tray_wake_later(struct tray *t, instant now);

/* run: other programs, without waiting for them */
void tray_open_report(struct tray *t);
void tray_own_checks(struct tray *t);

/* memory */
void tray_remember(struct tray *t);
void tray_recall(struct tray *t);

#endif
