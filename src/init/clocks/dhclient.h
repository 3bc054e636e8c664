/* SPDX-License-Identifier: Apache-2.0
 *
 * dhclient: time servers in the leases of dhclient (dhclient.leases(5)).
 */
#ifndef INIT_CLOCKS_DHCLIENT_H
#define INIT_CLOCKS_DHCLIENT_H

#include "init/clocks/clocks.h"

void dhclient_find(struct clocks *c);

/* The bytes of one file: of several leases the last one is in force. */
void dhclient_text(struct clocks *c, const char *path, char *data, size_t len);

#endif
