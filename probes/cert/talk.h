/* SPDX-License-Identifier: Apache-2.0
 *
 * talk: one conversation with one endpoint, from name to certificate chain, without blocking. Any
 * certificate is taken; whether it is trusted is asked afterwards.
 */
#ifndef PROBES_CERT_TALK_H
#define PROBES_CERT_TALK_H

#include "probes/cert/starttls.h"
#include "probes/net/resolve.h"
#include "probes/x509/der.h"

#include <openssl/ssl.h>

#define CERT_CHAIN_MAX 64                      /* certificates one endpoint may show */
#define CERT_LIST_BYTES_MAX ((long)256 * 1024) /* of a handshake's certificates */

enum talk_state { TALK_IDLE, TALK_RESOLVE, TALK_CONNECT, TALK_PLAIN, TALK_TLS, TALK_DONE };

enum chain_state { CHAIN_UNASKED, CHAIN_GOOD, CHAIN_BAD, CHAIN_UNKNOWN };

struct talk {
	const char *text; /* as configured */
	struct cert_endpoint ep;
	enum talk_state state;
	short events; /* poll(2) */
	int fd;
	span until, addr_until;
	struct net_address addr[NET_ADDRESSES_MAX];
	size_t naddr, at;
	struct starttls start;
	SSL *ssl;
	STACK_OF(X509) * chain; /* as shown, once the server showed it */
	bool asked_client;      /* the server wants a certificate of ours */
	/* outcome, in the arena of the run */
	struct der *ders;
	size_t nders;
	const char *error; /* NULL: the handshake ended well */
	const char *protocol;
	bool name_fits;
	enum chain_state chain_state;
	const char *chain_finding, *chain_why;
};

/* A context that speaks TLS 1.0 and later with whatever ciphers show a certificate. */
SSL_CTX *talk_context(void);

void talk_start(struct talk *t, struct arena *a); /* addresses are known */
void talk_advance(struct talk *t, SSL_CTX *ctx, struct arena *a);
/* Ends it: the reason, or NULL when the handshake is through. Takes the chain out. */
void talk_end(struct talk *t, const char *error, struct arena *a);

#endif
