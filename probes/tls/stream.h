/* SPDX-License-Identifier: Apache-2.0
 *
 * stream: one TCP connection, in the clear or with TLS, for a thread of its own: calls wait, never
 * past `until`. Nagle's algorithm is off and acknowledgements are not delayed: on a local network
 * a handshake takes milliseconds with that and a tenth of a second without.
 */
#ifndef PROBES_TLS_STREAM_H
#define PROBES_TLS_STREAM_H

#include "probes/net/resolve.h"

#include <openssl/ssl.h>

#define STREAM_WHY 160

struct stream {
	int fd;                /* -1: not open */
	SSL *ssl;              /* NULL: in the clear */
	int64_t until;         /* CLOCK_MONOTONIC, ns; may be moved between calls */
	struct net_address to; /* whom it reached */
	char why[STREAM_WHY];  /* after a call that failed: goes on after "it" */
};

int64_t stream_mono(void); /* CLOCK_MONOTONIC, ns */

void stream_init(struct stream *s);

/* Connects to the first of the host's addresses that answers. false: `why` says why. */
bool stream_open(struct stream *s, const char *host, uint16_t port, int family);

/* Speaks TLS from here on, as client; `name` is sent as the server's name unless it is an address,
 * and is what its certificate must be for. Whether the certificate is looked at is the context's
 * business, whose callback finds `own` by SSL_get_app_data. */
bool stream_secure(struct stream *s, SSL_CTX *ctx, const char *name, void *own);

/* All n bytes. */
bool stream_write(struct stream *s, const void *bytes, size_t n);

/* What is there, at least one byte and at most n. 0: the other side has ended. -1: `why` says why.
 */
long stream_read(struct stream *s, void *bytes, size_t n);

/* Whether more waits to be read, or the other side has ended; does not wait. */
bool stream_has_more(const struct stream *s);

void stream_close(struct stream *s);

#endif
