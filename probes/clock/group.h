/* SPDX-License-Identifier: Apache-2.0
 *
 * group: which addresses of one name are asked as servers of their own. Pure.
 *
 * A pool is many servers behind one name, each of which may be right or wrong, as chrony's `pool`
 * takes them (four unless told otherwise). One server has often an address of IPv4 and one of IPv6,
 * which must not make two votes: so a name has votes of one kind of address alone, of which it has
 * more. The other addresses are asked where one of these does not answer.
 */
#ifndef CLOCK_GROUP_H
#define CLOCK_GROUP_H

#include "probes/net/resolve.h"

#include <stddef.h>

#define GROUP_MAX 4 /* servers of one name; chrony's maxsources */

/* One server of a name: its addresses in the order in which they are tried. */
struct group_member {
	size_t n;
	struct net_address v[NET_ADDRESSES_MAX];
};

/* Deals n addresses (at most NET_ADDRESSES_MAX are looked at) to the members; returns how many of
 * `out` there are, 0 only for n = 0. The same addresses in another order give the same members. */
size_t group_split(const struct net_address *v, size_t n, struct group_member out[GROUP_MAX]);

#endif
