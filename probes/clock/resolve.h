/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve: names to addresses, several at once, in threads: looking up a name may block for longer
 * than the run lasts, and other servers must not wait for it.
 */
#ifndef CLOCK_RESOLVE_H
#define CLOCK_RESOLVE_H

#include "clock.h"

#include <netinet/in.h>
#include <sys/socket.h>

#define ADDRESSES_MAX 8 /* of one name; what DNS gives beyond is not asked */
#define ADDRESS_TEXT 72

struct address {
	union {
		struct sockaddr sa;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} u;
	socklen_t len;
};

struct names {
	int error; /* 0, or what getaddrinfo(3) gave */
	size_t n;
	struct address v[ADDRESSES_MAX];
};

/* An address in figures, without any file or library of name services: true and *out is set. */
bool resolve_numeric(const struct clock_server *s, struct address *out);

bool address_is_loopback(const struct address *a);
bool address_same(const struct address *a, const struct address *b);
/* "127.0.0.1:123", "[::1]:123"; returns buf. */
const char *address_text(const struct address *a, char buf[ADDRESS_TEXT]);

struct resolver;

/* Starts looking up n names, for family AF_UNSPEC, AF_INET or AF_INET6. NULL with *e set. */
struct resolver *resolver_start(
    const struct clock_server *servers, size_t n, int family, struct err *e);

/* Readable when a name has become known. */
int resolver_fd(const struct resolver *r);

/* Takes one name that has become known: its place in `servers`, or -1: none for now. */
long resolver_take(struct resolver *r, struct names *out);

/* Waits for nobody: threads that still look up keep what they need until the process ends. */
void resolver_stop(struct resolver *r);

#endif
