/* SPDX-License-Identifier: Apache-2.0
 *
 * bus_notes: bubbles on the screen, through libnotify. What the server can do is asked whenever
 * its name has another owner. libnotify waits for the server's answer, so before each bubble the
 * server is asked for a sign of life without waiting: one that hangs never holds up the tray.
 */
#ifndef TRAY_DESK_BUS_NOTES_H
#define TRAY_DESK_BUS_NOTES_H

#include "tray/bubbles.h"

struct _GDBusConnection;
struct bus_notes;

struct bus_notes_ops {
	void (*button)(void *self, const char *key, enum bubble_buttons which);
	void (*gone)(void *self, const char *key); /* closed by a person or the server */
	void (*server)(void *self, bool there);    /* came (maybe another one), or went */
	void *self;
};

struct bus_notes *bus_notes_new(struct _GDBusConnection *bus, const struct bus_notes_ops *ops);
void bus_notes_free(struct bus_notes *n); /* takes all bubbles off the screen */

/* Shows or closes. The icon's name is from the theme. */
void bus_notes_do(struct bus_notes *n, const struct bubble_step *s, const char *icon);

#endif
