/* SPDX-License-Identifier: Apache-2.0
 *
 * webhook: HTTP POST with the headers of Standard Webhooks 1.0, by libcurl.
 */
#ifndef SINKS_WEBHOOK_WEBHOOK_H
#define SINKS_WEBHOOK_WEBHOOK_H

#include "conf/schema.h"

#define WEBHOOK_URL_MAX 2048
#define WEBHOOK_PINS_MAX 8
#define WEBHOOK_HEADERS_MAX ((size_t)16384) /* bytes of an answer's headers */
#define WEBHOOK_ANSWER_MAX ((size_t)65536)  /* bytes of an answer's body that are read */
#define WEBHOOK_CONNECT (5 * SPAN_S)        /* to a connection that can be used */
#define WEBHOOK_POSTINGS 8                  /* letters on the way at once */

struct webhook_conf {
	const char *url, *format, *template_file, *topic;
	const char *secret_file, *key_file, *bearer_file, *routing_key_file;
	const char *ca, *client_cert, *client_key, *proxy, *private_addresses;
	struct texts pin;
	span timeout, firing_for;
	bool allow_plain;
};

/* The parts of a URL that matter here. */
struct webhook_url {
	bool tls;
	bool loopback; /* the host is localhost or an address of this machine's loopback */
};

/* Pure. -1 with *e set: what is wrong and what is allowed. */
int webhook_url_parse(const char *url, struct webhook_url *out, struct err *e);

#endif
