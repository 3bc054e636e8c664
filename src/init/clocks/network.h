/* SPDX-License-Identifier: Apache-2.0
 *
 * network: time servers that the network brings: systemd-networkd, and leases of DHCP.
 */
#ifndef INIT_CLOCKS_NETWORK_H
#define INIT_CLOCKS_NETWORK_H

#include "init/clocks/clocks.h"

#define NETWORK_UNUSED "the network names it, and no time service here takes it"

/* What systemd-networkd hands to systemd-timesyncd: of links that are up, else of its files. Once
 * only. */
void network_of_networkd(struct clocks *c);

/* All that networks name, and no service was asked to take: systemd-networkd's, and dhclient's
 * where that has none. */
void network_find(struct clocks *c);

/* The bytes of one file: a .network file (systemd.network(5)), a lease of systemd-networkd
 * ("NTP=…"). */
void network_text(struct clocks *c, const char *path, char *data, size_t len);
void network_lease_text(struct clocks *c, const char *path, char *data, size_t len);

#endif
