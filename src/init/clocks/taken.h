/* SPDX-License-Identifier: Apache-2.0
 *
 * taken: what the services name is taken as a server, or left with the reason. What is taken is
 * always a right value of the clock probe's `servers`.
 */
#ifndef INIT_CLOCKS_TAKEN_H
#define INIT_CLOCKS_TAKEN_H

#include "init/clocks/clocks.h"

/* A server as a configuration names it; all texts are lent. */
struct named_server {
	const char *name;  /* name or address; an IPv6 address may stand in brackets */
	const char *port;  /* as written, or NULL */
	bool nts;          /* the port is that of the key exchange (RFC 8915, 4) */
	const char *words; /* the statement, for a person */
	struct spot spot;
};

/* Takes it, or leaves it with the reason: not in use, this computer, no server's name, no port,
 * there already. */
void taken_server(struct clocks *c, const struct named_server *s);

/* The same of "name", "name:port", "[v6]:port" or "v6". */
void taken_server_port(struct clocks *c, const struct named_server *s);

/* Leaves it, with a reason of the service's own. Also where the service is not in use. */
void taken_left(struct clocks *c, const char *words, const char *why, struct spot spot);

/* A clock at this computer that the service follows. */
void taken_keeper(struct clocks *c, const char *words, const char *why, struct spot spot);

/* Whether a server of that name was taken. */
bool taken_has(const struct clocks *c, const char *name);

/* The statement's words, CLOCKS_SHOWN_MAX bytes at most. */
const char *taken_words(struct clocks *c, const struct statement *s);

#endif
