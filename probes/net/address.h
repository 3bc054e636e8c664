/* SPDX-License-Identifier: Apache-2.0
 *
 * address: an internet address with its port, of IPv4 or IPv6. Nothing here reads a file or blocks.
 */
#ifndef PROBES_NET_ADDRESS_H
#define PROBES_NET_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#define NET_ADDRESS_TEXT 72

struct net_address {
	union {
		struct sockaddr sa;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} u;
	socklen_t len; /* of the one in use */
};

/* An address in figures, without brackets: "127.0.0.1", "::1", "fe80::1%eth0" (a link that is not
 * there becomes 0). true: it is one, and *out is set. */
bool net_address_parse(const char *text, uint16_t port, struct net_address *out);

bool net_address_is_loopback(const struct net_address *a);
bool net_address_same(const struct net_address *a, const struct net_address *b);

/* "127.0.0.1:123", "[::1]:123"; returns buf. */
const char *net_address_text(const struct net_address *a, char buf[NET_ADDRESS_TEXT]);

#endif
