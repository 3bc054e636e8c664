/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve: names to addresses by getaddrinfo(3) in a few threads: looking up a name may block for
 * longer than a run lasts, and the other names must not wait for it. Addresses in figures never
 * come here (address.h). What a thread works on belongs to the resolver, which outlives a thread
 * that never returns.
 */
#ifndef PROBES_NET_RESOLVE_H
#define PROBES_NET_RESOLVE_H

#include "probes/net/address.h"

#include <stddef.h>

#define NET_ADDRESSES_MAX 8 /* of one name; the rest is not tried */
#define NET_NAME_MAX 253    /* RFC 1035, 2.3.4, as text without the last dot */

/* What is asked for, the same for all names of one resolver. */
struct resolver_terms {
	int family;       /* AF_UNSPEC, AF_INET, AF_INET6 */
	int socktype;     /* SOCK_STREAM, SOCK_DGRAM */
	unsigned threads; /* at most; each is started when the others are busy */
};

/* What became of one name. */
struct resolved {
	size_t owner; /* as it was asked */
	int error;    /* EAI_*; 0 is fine, though n may be 0 */
	size_t n;
	struct net_address v[NET_ADDRESSES_MAX];
};

/* Looks up a name in the calling thread, for as long as it takes: adds to *to, whose `n` is 0. The
 * port in figures. `threads` of the terms is not looked at. */
void resolve_now(
    const struct resolver_terms *t, const char *name, const char *port, struct resolved *to);

struct resolver;

struct resolver *resolver_new(const struct resolver_terms *t); /* NULL with errno */

/* Readable when an answer waits. */
int resolver_fd(const struct resolver *r);

/* Looks up a name of at most NET_NAME_MAX characters. false with errno: no thread could be started.
 */
bool resolver_ask(struct resolver *r, size_t owner, const char *name, uint16_t port);

/* The next answer, in the order they came; false when none waits. */
bool resolver_take(struct resolver *r, struct resolved *out);

/* Never waits: what a busy thread still needs is left to it. NULL is fine. */
void resolver_close(struct resolver *r);

#endif
