/* SPDX-License-Identifier: Apache-2.0
 *
 * menu_private: for src/tray/menu*.c only. Rows as they are added (menu_rows.c); those of what is
 * not fine (menu_things.c).
 */
#ifndef TRAY_MENU_PRIVATE_H
#define TRAY_MENU_PRIVATE_H

#include "tray/menu.h"

/* Rows in the making: where they hang. */
struct making {
	struct menu *m;
	const struct facts *f;
	const struct menu_around *around;
	instant now;
	int32_t parent;
};

struct menu_row *menu_row_new(
    struct making *k, enum menu_act act, const char *arg, const char *label);
void menu_line(struct making *k);
/* What is added from now on hangs below that row, until k->parent is what this returns. */
int32_t menu_enter(struct making *k, struct menu_row *r);
const char *menu_icon(struct making *k, enum icon_kind of); /* its name, in the menu's arena */

void menu_things(struct making *k);
/* forewarnd is gone: what it knew last, of which nothing can be done here. */
void menu_last_known(struct making *k);

#endif
