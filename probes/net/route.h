/* SPDX-License-Identifier: Apache-2.0
 *
 * route: whether this computer is in a network at all.
 */
#ifndef PROBES_NET_ROUTE_H
#define PROBES_NET_ROUTE_H

#include <stdbool.h>

/* Whether the kernel knows a way to any other network. Sends nothing and does not block. */
bool net_has_route(void);

#endif
