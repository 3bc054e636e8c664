/* SPDX-License-Identifier: Apache-2.0
 *
 * link: one request to the daemon that never blocks: the tray draws a menu while a daemon hangs.
 * The owner of the loop waits for link_fd to become readable.
 */
#ifndef TRAY_LINK_H
#define TRAY_LINK_H

#include "tell/control_wire.h"

struct link;

/* Connects and sends. NULL with *e set: ERR_ABSENT when no daemon is there. */
struct link *link_open(const char *path, const struct ctl_request *r, struct err *e);
void link_free(struct link *l);
int link_fd(const struct link *l);

/* Hands over every whole frame there is (borrowed), CTL_DONE and CTL_REFUSED too. take returns 0 to
 * go on, 1 to end here. 1 it did, 0 more may come, -1 with *e set: over. */
int link_read(struct link *l, int (*take)(void *self, struct frame *f, struct err *e), void *self,
    struct err *e);

#endif
