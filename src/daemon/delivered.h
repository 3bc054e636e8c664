/* SPDX-License-Identifier: Apache-2.0
 *
 * delivered: nobody can have seen a test alert that the receiver did not take.
 */
#ifndef DAEMON_DELIVERED_H
#define DAEMON_DELIVERED_H

#include "daemon/asking.h"

/* Whether the newest test alert of the sink that q asks about (its pattern) arrived. -1 with *e,
 * which says why not and what to do. 0 also where nobody knows: the screen, a sink that was not
 * tested since forewarnd started, a name that is no sink. */
int delivered_test(const struct asking *q, struct err *e);

#endif
