/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the reading of a server's reference.
 */
#include "upstream.h"

#include <unistd.h>

#define LOCL 0x4c4f434cU
#define LOCAL_CLOCK 0x7f7fU  /* 127.127, the high half of 127.127.t.u */
#define LOOPBACK 0x7f000001U /* 127.0.0.1 */
#define LOOPBACK_NET 0x7fU   /* 127 */

bool
upstream_own_clock(const struct ntp_answer *a)
{
	/* A stratum 1 with a local clock was told by hand to be a reference: chrony's `local
	 * stratum 1` beside a receiver that the program does not know. */
	if (a->reference == LOCL)
		return true;
	if (a->stratum < 2)
		return false;
	return a->reference >> 16 == LOCAL_CLOCK ||
	       (a->reference == LOOPBACK && a->stratum >= UPSTREAM_ORPHAN) ||
	       (a->reference == 0 && a->stratum >= UPSTREAM_NO_REFERENCE);
}

bool
upstream_stopgap(const struct ntp_answer *a)
{
	return upstream_own_clock(a) &&
	       (a->reference == LOCL || a->reference >> 16 != LOCAL_CLOCK ||
		   a->stratum >= UPSTREAM_STOPGAP);
}

bool
upstream_names_source(const struct ntp_answer *a)
{
	return a->stratum >= 2 && a->reference != 0 && a->reference >> 24 != LOOPBACK_NET &&
	       !upstream_own_clock(a);
}

bool
upstream_is_here(const struct net_address *to)
{
	struct net_address from = { .len = sizeof(from.u) };
	bool here = false;
	int fd;

	if (net_address_is_loopback(to))
		return true;
	fd = socket(to->u.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	/* A datagram's connect(2) sends nothing. To an own address the way begins where it ends. */
	if (connect(fd, &to->u.sa, to->len) == 0 && getsockname(fd, &from.u.sa, &from.len) == 0) {
		if (to->u.sa.sa_family == AF_INET)
			from.u.v4.sin_port = to->u.v4.sin_port;
		else
			from.u.v6.sin6_port = to->u.v6.sin6_port;
		here = net_address_same(&from, to);
	}
	close(fd);
	return here;
}
