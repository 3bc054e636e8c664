/* SPDX-License-Identifier: Apache-2.0
 *
 * own: the names and addresses of the computer itself, which must not be its own time server.
 */
#ifndef INIT_CLOCKS_OWN_H
#define INIT_CLOCKS_OWN_H

#include "init/clocks/clocks.h"

/* From the files below the root: hostname, hosts, resolv.conf, interfaces, and what
 * systemd-networkd has; of this machine also the kernel's addresses. */
void own_collect(struct clocks *c);

/* Whether the name or address means the computer: its own ones, 127.0.0.0/8, ::1, 0.0.0.0, ::,
 * localhost. Asks no name server. */
bool own_is(const struct clocks *c, const char *name);

/* Whether it is an address of many: multicast, broadcast. */
bool own_many(const char *name);

#endif
