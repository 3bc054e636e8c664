/* SPDX-License-Identifier: Apache-2.0
 *
 * self_items: the items of the check that the daemon makes of itself.
 */
#ifndef DAEMON_SELF_ITEMS_H
#define DAEMON_SELF_ITEMS_H

#include "daemon/self.h"

/* All of them into r, which says when it is taken; text and items lie in the arena. Notes in s what
 * they depend on. */
void self_items(struct self *s, struct arena *a, struct result *r);

/* Whether the disk that holds the state has too little room; between the two bounds it stays as it
 * was found. */
bool self_room_short(const struct self *s);

#endif
