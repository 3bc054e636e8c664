/* SPDX-License-Identifier: Apache-2.0
 *
 * bus_screen: what the desktop says about the screen: whether it is locked (the savers' own
 * interfaces on the session bus, LockedHint of logind on the system bus) and whether its panel is
 * likely dark (the settings portal, XFCE's own).
 */
#ifndef TRAY_DESK_BUS_SCREEN_H
#define TRAY_DESK_BUS_SCREEN_H

#include <stdbool.h>

struct _GDBusConnection;
struct bus_screen;

struct bus_screen_ops {
	void (*changed)(void *self, bool locked, bool dark);
	void *self;
};

struct bus_screen *bus_screen_new(struct _GDBusConnection *bus, const struct bus_screen_ops *ops);
void bus_screen_free(struct bus_screen *s);

#endif
