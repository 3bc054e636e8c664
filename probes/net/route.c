/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the question to the kernel about a way out.
 */
#include "probes/net/route.h"

#include "probes/net/address.h"

#include <errno.h>
#include <unistd.h>

/* A datagram's connect(2) looks for the route alone. The addresses are those for examples (RFC
 * 5737, RFC 3849). */
bool
net_has_route(void)
{
	static const char *const examples[] = { "192.0.2.1", "2001:db8::1" };
	struct net_address to;
	bool found = false;
	int fd;

	for (size_t i = 0; i < 2 && !found; i++) {
		if (!net_address_parse(examples[i], 123, &to))
			continue;
		fd = socket(to.u.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
		if (fd < 0)
			continue;
		found = connect(fd, &to.u.sa, to.len) == 0 ||
			(errno != ENETUNREACH && errno != EADDRNOTAVAIL && errno != EHOSTUNREACH);
		close(fd);
	}
	return found;
}
