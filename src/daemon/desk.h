/* SPDX-License-Identifier: Apache-2.0
 *
 * desk: who asks at the control socket, and what each request is answered with.
 */
#ifndef DAEMON_DESK_H
#define DAEMON_DESK_H

#include "daemon/asking.h"

#define DESK_POLL (CONTROL_CLIENTS + 1) /* places that desk_poll fills at most */

/* path NULL: the usual place. From now on the ledger's events go to who listens there. */
int desk_open(struct desk *d, const struct ground *on, struct runs *runs, struct gauges *gauges,
    struct posts *posts, struct commanded *commanded, const char *path, struct err *e);
void desk_close(struct desk *d);

size_t desk_poll(struct desk *d, struct pollfd *p);
void desk_handle(struct desk *d, const struct pollfd *p, size_t n);
span desk_next(const struct desk *d); /* CLOCK_BOOTTIME: when somebody's patience ends */

/* Whether somebody changed something since this was last asked. */
bool desk_changed(struct desk *d);

#endif
