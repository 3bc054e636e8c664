/* SPDX-License-Identifier: Apache-2.0
 *
 * talk: one conversation with one endpoint, from name to certificate chain, without blocking. Any
 * certificate is taken; whether it is trusted is asked afterwards.
 */
#ifndef PROBES_CERT_TALK_H
#define PROBES_CERT_TALK_H

#include "probes/cert/chain.h"
#include "probes/cert/starttls.h"
#include "probes/net/resolve.h"
#include "probes/x509/der.h"

#include <openssl/ssl.h>

#define CERT_LIST_BYTES_MAX ((long)256 * 1024) /* of a handshake's certificates */

enum talk_state {
	TALK_IDLE,
	TALK_KNOWN,
	TALK_RESOLVE,
	TALK_CONNECT,
	TALK_PLAIN,
	TALK_TLS,
	TALK_DONE
};

/* One address of one endpoint. */
struct talk {
	const char *text; /* as configured */
	struct cert_endpoint ep;
	enum talk_state state;
	short events; /* poll(2) */
	int fd;
	span until;              /* the end of its patience */
	span fair;               /* of its share, when others wait for their turn */
	struct net_address addr; /* once known */
	struct talk *next;       /* another address, or another key, of the same endpoint */
	const char *keys;        /* signatures that are asked for; NULL: all */
	struct starttls start;
	SSL *ssl;
	STACK_OF(X509) * chain; /* as shown, once the server showed it */
	bool asked_client;      /* the server wants a certificate of ours */
	/* outcome, in the arena of the run */
	struct der *ders;
	size_t nders;
	struct der staple; /* the issuer's answer that it showed (RFC 6066 8); len 0: none */
	const char *error; /* NULL: the handshake ended well */
	bool reached;      /* a connection was made */
	const char *protocol;
	const char *names;        /* of the first certificate, with ", " between */
	bool name_fits, old_name; /* old_name: only by its subject */
	bool old_protocol;
	struct chain judged;
};

/* A context that speaks TLS 1.0 and later with whatever ciphers show a certificate. */
SSL_CTX *talk_context(void);

void talk_start(struct talk *t, struct arena *a); /* its address is known */
void talk_advance(struct talk *t, SSL_CTX *ctx, struct arena *a);
/* Ends it: the reason, or NULL when the handshake is through. Takes the chain out. */
void talk_end(struct talk *t, const char *error, struct arena *a);

#endif
