/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the addresses of a name become servers.
 */
#include "group.h"

#include <stdlib.h>
#include <string.h>

/* By kind, then by figures. */
static int
by_figures(const void *a, const void *b)
{
	const struct net_address *x = a, *y = b;

	if (x->u.sa.sa_family != y->u.sa.sa_family)
		return x->u.sa.sa_family < y->u.sa.sa_family ? -1 : 1;
	if (x->u.sa.sa_family == AF_INET)
		return memcmp(&x->u.v4.sin_addr, &y->u.v4.sin_addr, sizeof(x->u.v4.sin_addr));
	return memcmp(&x->u.v6.sin6_addr, &y->u.v6.sin6_addr, sizeof(x->u.v6.sin6_addr));
}

/* The kind of address that the name has more of; the first one's if as many. */
static int
kind(const struct net_address *v, size_t n)
{
	size_t as_first = 0;

	for (size_t i = 0; i < n; i++)
		as_first += v[i].u.sa.sa_family == v[0].u.sa.sa_family;
	for (size_t i = 0; i < n && 2 * as_first < n; i++)
		if (v[i].u.sa.sa_family != v[0].u.sa.sa_family)
			return v[i].u.sa.sa_family;
	return v[0].u.sa.sa_family;
}

size_t
group_split(const struct net_address *v, size_t n, struct group_member out[GROUP_MAX])
{
	struct net_address sorted[NET_ADDRESSES_MAX];
	size_t members = 0, spare = 0;

	n = n < NET_ADDRESSES_MAX ? n : NET_ADDRESSES_MAX;
	if (n == 0)
		return 0;
	memset(out, 0, GROUP_MAX * sizeof(*out));
	memcpy(sorted, v, n * sizeof(*v));
	qsort(sorted, n, sizeof(*sorted), by_figures);
	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < n; i++) {
			bool main = sorted[i].u.sa.sa_family == kind(v, n);
			struct group_member *m;

			if (main != (first == 1) ||
			    (i > 0 && net_address_same(&sorted[i - 1], &sorted[i])))
				continue;
			m = main && members < GROUP_MAX ? &out[members++] : &out[spare++ % members];
			m->v[m->n++] = sorted[i];
		}
	return members;
}
