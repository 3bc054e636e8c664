/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which addresses may be talked to. Judged on the address that is connected to, so that a name
 * cannot lead elsewhere at the second look. Ranges: RFC 6890 and the IANA special-purpose
 * registries.
 */
#include "sinks/webhook/posting.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

struct range4 {
	uint32_t net, mask;
};

static const struct range4 private4[] = {
	{ 0x00000000, 0xff000000 }, /* this network */
	{ 0x0a000000, 0xff000000 }, /* private */
	{ 0x64400000, 0xffc00000 }, /* shared (RFC 6598) */
	{ 0x7f000000, 0xff000000 }, /* loopback */
	{ 0xa9fe0000, 0xffff0000 }, /* link-local, and the metadata services of clouds */
	{ 0xac100000, 0xfff00000 }, /* private */
	{ 0xc0000000, 0xffffff00 }, /* protocol assignments */
	{ 0xc0a80000, 0xffff0000 }, /* private */
	{ 0xc6120000, 0xfffe0000 }, /* benchmarks */
	{ 0xe0000000, 0xe0000000 }, /* multicast and reserved */
};

static bool
is_private4(uint32_t host)
{
	for (size_t i = 0; i < sizeof(private4) / sizeof(private4[0]); i++)
		if ((host & private4[i].mask) == private4[i].net)
			return true;
	return false;
}

static uint32_t
inner4(const struct in6_addr *a, size_t at)
{
	const uint8_t *p = a->s6_addr + at;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
is_private6(const struct in6_addr *a)
{
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (IN6_IS_ADDR_V4MAPPED(a) || IN6_IS_ADDR_V4COMPAT(a))
		return is_private4(inner4(a, 12));
	if (memcmp(a->s6_addr, nat64, sizeof(nat64)) == 0)
		return is_private4(inner4(a, 12));
	if (a->s6_addr[0] == 0x20 && a->s6_addr[1] == 0x02) /* 6to4 */
		return is_private4(inner4(a, 2));
	return IN6_IS_ADDR_UNSPECIFIED(a) || IN6_IS_ADDR_LOOPBACK(a) || IN6_IS_ADDR_LINKLOCAL(a) ||
	       IN6_IS_ADDR_SITELOCAL(a) || IN6_IS_ADDR_MULTICAST(a) ||
	       (a->s6_addr[0] & 0xfe) == 0xfc; /* unique local */
}

static bool
is_loopback(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)sa)->sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)sa)->sin6_addr);
}

bool
posting_address_allowed(const struct webhook *hook, const struct sockaddr *sa)
{
	const struct webhook_conf *c = hook->conf;

	if (sa->sa_family != AF_INET && sa->sa_family != AF_INET6)
		return false;
	/* "localhost" is what the resolver makes of it */
	if (!hook->url.tls && !c->allow_plain && c->proxy == NULL && !is_loopback(sa))
		return false;
	if (strcmp(c->private_addresses, "deny") != 0)
		return true;
	if (sa->sa_family == AF_INET)
		return !is_private4(ntohl(((const struct sockaddr_in *)sa)->sin_addr.s_addr));
	return !is_private6(&((const struct sockaddr_in6 *)sa)->sin6_addr);
}
