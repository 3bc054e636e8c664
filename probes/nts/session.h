/* SPDX-License-Identifier: Apache-2.0
 *
 * session: one server asked for authenticated time, by one thread, which waits but never past
 * `until`: keys are exchanged over TLS, then the time is asked for with what came of it. Cookies
 * and keys live as long as the session. It never asks for plain time.
 */
#ifndef NTS_SESSION_H
#define NTS_SESSION_H

#include "probes/clock/asked.h"

#include <openssl/ssl.h>

#define SESSION_EXCHANGES_MAX 2 /* of keys: a server that forgot its own is asked once more */

/* The same for all servers of a run. */
struct session_terms {
	SSL_CTX *tls; /* of session_context */
	int family;
	size_t samples;
	int64_t precision; /* of our clock, ns */
	int64_t until;     /* CLOCK_MONOTONIC */
};

/* What came of it: `server` as ask_all fills it, but for arrays, which stand here. */
struct session {
	struct ask_server server;
	struct net_address address;
	struct ask_sample samples[CLOCK_SAMPLES_MAX];
	struct nts_seen seen;
	unsigned exchanges; /* of keys */
	bool done;
};

/* A context for the exchange of keys: TLS 1.3, ALPN, the authorities of that file or folder. NULL
 * with *e set. */
SSL_CTX *session_context(const char *trust, struct err *e);

/* s->server.where is set and all else zero. */
void session(struct session *s, const struct session_terms *t);

#endif
