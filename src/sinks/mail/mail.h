/* SPDX-License-Identifier: Apache-2.0
 *
 * mail: SMTP (RFC 5321) by libcurl, over TLS by STARTTLS (RFC 3207) or from the start (RFC 8314).
 */
#ifndef SINKS_MAIL_MAIL_H
#define SINKS_MAIL_MAIL_H

#include "base/arena.h"
#include "conf/schema.h"

#define MAIL_TO_MAX 32
#define MAIL_ADDRESS_MAX 254 /* bytes (RFC 5321, 4.5.3.1.3) */

struct mail_conf {
	const char *server;
	int64_t port; /* 0: by tls */
	const char *tls, *from, *user, *password_file, *ca;
	struct texts to;
	span timeout;
};

/* A whole message (RFC 5322) with CRLF line ends, in the arena. text: its first line is the
 * subject, the rest (after an empty line, if there is one) the body. event: makes the Message-ID,
 * the same at every try. at: true time. Text from outside may be in it. Pure. */
const char *mail_message(
    const struct mail_conf *c, const char *event, const char *text, instant at, struct arena *a);

#endif
