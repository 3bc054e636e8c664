/* SPDX-License-Identifier: Apache-2.0
 *
 * resolve: names to addresses by getaddrinfo(3) in a few threads, so that one slow name holds up no
 * other. Addresses never come here. What a thread works on belongs to the resolver, which outlives
 * a thread that never returns.
 */
#ifndef PROBES_CERT_RESOLVE_H
#define PROBES_CERT_RESOLVE_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#define RESOLVE_THREADS 8
#define ADDRESSES_MAX 8 /* of one name; the rest is not tried */

struct address {
	struct sockaddr_storage sa;
	socklen_t len;
};

struct resolved {
	size_t owner; /* as it was asked */
	int error;    /* EAI_*, 0 is fine */
	size_t n;
	struct address addr[ADDRESSES_MAX];
};

struct resolver;

struct resolver *resolver_new(void); /* NULL with errno */
/* Readable when an answer waits. */
int resolver_fd(const struct resolver *r);
/* false when no thread could be started. */
bool resolver_ask(struct resolver *r, size_t owner, const char *host, const char *port);
/* The next answer; false when none waits. */
bool resolver_take(struct resolver *r, struct resolved *out);
/* Never waits: what a busy thread still needs is left to it. */
void resolver_close(struct resolver *r);

/* The same for text that is an address; blocks on nothing, reads no file. */
bool resolve_address(const char *host, const char *port, struct address *out);

#endif
