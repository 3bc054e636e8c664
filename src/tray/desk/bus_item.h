/* SPDX-License-Identifier: Apache-2.0
 *
 * bus_item: the tray's icon on the session bus (StatusNotifierItem), registered with whichever
 * watcher is there, and again when another comes. Every property of the specification is served:
 * some panels log errors for what is missing.
 */
#ifndef TRAY_DESK_BUS_ITEM_H
#define TRAY_DESK_BUS_ITEM_H

#include "tray/icon.h"

#include <stdbool.h>

#define BUS_MENU_PATH "/MenuBar"

struct _GDBusConnection;
struct bus_item;

struct bus_item_ops {
	void (*activate)(void *self);            /* a click that opens no menu */
	void (*seen)(void *self, bool somebody); /* whether a panel shows the icon now */
	void *self;
};

/* icons: folder of the icon theme, "" for the installed one. The bus is borrowed. NULL: the bus
 * does not take it. */
struct bus_item *bus_item_new(
    struct _GDBusConnection *bus, const char *icons, const struct bus_item_ops *ops);
void bus_item_free(struct bus_item *i);

/* calls: a person is to look. The words are clean text. */
void bus_item_set(struct bus_item *i, enum icon_kind k, enum icon_paint p, bool calls,
    const char *headline, const char *under);

#endif
