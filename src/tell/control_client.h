/* SPDX-License-Identifier: Apache-2.0
 *
 * control_client: one request to the daemon, from the command.
 */
#ifndef TELL_CONTROL_CLIENT_H
#define TELL_CONTROL_CLIENT_H

#include "tell/control_wire.h"

#define CONTROL_CLIENT_WAIT 10 /* seconds without a byte, then it is given up */

/* Sends the request and hands over each answer frame (borrowed) until CTL_DONE or CTL_REFUSED,
 * which are not handed over. take returns -1 with *e set to end early. *done: of CTL_DONE, may be
 * NULL. 0, or -1 with *e set: ERR_ABSENT when no daemon is at path, ERR_TIMEOUT when there is one
 * that says nothing. Blocks. */
int control_ask(const char *path, const struct ctl_request *r, struct arena *a,
    int (*take)(void *self, struct frame *f, struct err *e), void *self, struct ctl_done *done,
    struct err *e);

#endif
