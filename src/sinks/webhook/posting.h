/* SPDX-License-Identifier: Apache-2.0
 *
 * posting: one letter on its way by one reused libcurl handle, with all that is fixed for a sink.
 */
#ifndef SINKS_WEBHOOK_POSTING_H
#define SINKS_WEBHOOK_POSTING_H

#include "sinks/sink.h"
#include "sinks/tls.h"
#include "sinks/webhook/reply.h"
#include "sinks/webhook/sign.h"
#include "sinks/webhook/webhook.h"

#include <curl/curl.h>

#define POSTING_QUOTE 120 /* bytes of an unwilling answer's body that are shown */

/* What the cell knows before it goes: options, and secrets read from their files. */
struct webhook {
	const struct webhook_conf *conf;
	struct webhook_url url;
	struct sign_keys keys;
	struct secret bearer;  /* the whole header line */
	struct secret routing; /* as it stands in JSON: it has nothing to escape */
	struct secret client_key;
	char *client_cert; /* PEM; NULL: none */
	size_t nclient_cert;
	const char *pins;
	struct tls_trust trust;
	/* this host's clock less the receiver's, learned when it refused our stamp; seconds */
	bool skew_known;
	double skew;
};

struct posting {
	const struct sink_ctx *ctx;
	struct webhook *hook;
	CURL *easy;
	struct curl_slist *headers;
	struct secret body; /* one with a secret put in; else empty */
	size_t letter;
	bool busy, signed_again;
	instant stamp; /* what was signed last */
	struct reply reply;
	size_t header_bytes, body_bytes;
	char quote[POSTING_QUOTE + 1];
	char error[CURL_ERROR_SIZE];
	char reason[LETTER_REASON_MAX + 1];
	bool address_refused;
};

/* A handle with everything that is the same for each letter. */
int posting_init(
    struct posting *f, const struct sink_ctx *ctx, struct webhook *hook, struct err *e);

/* Signs letter i for now and makes the handle ready to go. -1 with *e set: it can never go. */
int posting_load(struct posting *f, size_t i, struct err *e);

/* What became of it. true: the receiver's clock is known now, and it should go once more. */
bool posting_landed(struct posting *f, CURLcode rc, struct answer *w);

/* Whether the address may be talked to, by the two options. Pure. */
struct sockaddr;
bool posting_address_allowed(const struct webhook *hook, const struct sockaddr *sa);

#endif
