/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is done with an address: from text, to text, compared.
 */
#include "probes/net/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

/* "fe80::1%eth0": the address and the number of its link; 0 is no such link. */
static bool
numeric_scoped(const char *name, struct sockaddr_in6 *v6)
{
	const char *percent = strchr(name, '%');
	char text[INET6_ADDRSTRLEN];
	size_t n = percent == NULL ? strlen(name) : (size_t)(percent - name);

	if (n >= sizeof(text))
		return false;
	memcpy(text, name, n);
	text[n] = '\0';
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) != 1)
		return false;
	if (percent != NULL)
		v6->sin6_scope_id = if_nametoindex(percent + 1);
	return true;
}

bool
net_address_parse(const char *text, uint16_t port, struct net_address *out)
{
	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, text, &out->u.v4.sin_addr) == 1) {
		out->u.v4.sin_family = AF_INET;
		out->u.v4.sin_port = htons(port);
		out->len = sizeof(out->u.v4);
		return true;
	}
	memset(out, 0, sizeof(*out));
	if (!numeric_scoped(text, &out->u.v6))
		return false;
	out->u.v6.sin6_family = AF_INET6;
	out->u.v6.sin6_port = htons(port);
	out->len = sizeof(out->u.v6);
	return true;
}

bool
net_address_is_loopback(const struct net_address *a)
{
	if (a->u.sa.sa_family == AF_INET)
		return ntohl(a->u.v4.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&a->u.v6.sin6_addr);
}

bool
net_address_same(const struct net_address *a, const struct net_address *b)
{
	if (a->u.sa.sa_family != b->u.sa.sa_family)
		return false;
	if (a->u.sa.sa_family == AF_INET)
		return a->u.v4.sin_port == b->u.v4.sin_port &&
		       a->u.v4.sin_addr.s_addr == b->u.v4.sin_addr.s_addr;
	return a->u.v6.sin6_port == b->u.v6.sin6_port &&
	       a->u.v6.sin6_scope_id == b->u.v6.sin6_scope_id &&
	       memcmp(&a->u.v6.sin6_addr, &b->u.v6.sin6_addr, sizeof(a->u.v6.sin6_addr)) == 0;
}

const char *
net_address_text(const struct net_address *a, char buf[NET_ADDRESS_TEXT])
{
	char text[INET6_ADDRSTRLEN] = "?";

	if (a->u.sa.sa_family == AF_INET) {
		inet_ntop(AF_INET, &a->u.v4.sin_addr, text, sizeof(text));
		snprintf(buf, NET_ADDRESS_TEXT, "%s:%u", text, ntohs(a->u.v4.sin_port));
	} else {
		inet_ntop(AF_INET6, &a->u.v6.sin6_addr, text, sizeof(text));
		snprintf(buf, NET_ADDRESS_TEXT, "[%s]:%u", text, ntohs(a->u.v6.sin6_port));
	}
	return buf;
}
