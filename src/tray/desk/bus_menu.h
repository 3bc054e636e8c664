/* SPDX-License-Identifier: Apache-2.0
 *
 * bus_menu: the menu on the session bus (com.canonical.dbusmenu). GTK panels send clicks as
 * EventGroup, others as Event.
 */
#ifndef TRAY_DESK_BUS_MENU_H
#define TRAY_DESK_BUS_MENU_H

#include "tray/menu.h"

struct _GDBusConnection;
struct bus_menu;

struct bus_menu_ops {
	/* A click. arg is borrowed until the call returns. */
	void (*act)(void *self, enum menu_act act, const char *arg);
	/* It is about to be opened: now what it says should be so. */
	void (*opening)(void *self);
	void *self;
};

/* NULL: the bus does not take it. */
struct bus_menu *bus_menu_new(
    struct _GDBusConnection *bus, const char *icons, bool rtl, const struct bus_menu_ops *ops);
void bus_menu_free(struct bus_menu *b);

/* Takes the menu over; tells the panel if it is another. */
void bus_menu_set(struct bus_menu *b, struct menu *m);

#endif
