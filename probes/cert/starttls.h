/* SPDX-License-Identifier: Apache-2.0
 *
 * starttls: the few lines that turn a mail or file-transfer connection into TLS: SMTP (RFC 3207),
 * IMAP and POP3 (RFC 2595), FTP (RFC 4217). Pure: takes the server's bytes as they come, says what
 * to send. Nothing may follow the server's last line in the clear (CVE-2011-0411); it is refused.
 */
#ifndef PROBES_CERT_STARTTLS_H
#define PROBES_CERT_STARTTLS_H

#include "probes/cert/spec.h"

#define STARTTLS_LINE_MAX 1024 /* RFC 5321 allows 512 */
#define STARTTLS_LINES_MAX 128 /* of one conversation */

enum starttls_next {
	STARTTLS_MORE,  /* read on */
	STARTTLS_SEND,  /* send *out, then read on */
	STARTTLS_READY, /* TLS begins now */
	STARTTLS_FAILED
};

struct starttls {
	enum cert_start start;
	unsigned step, lines;
	char line[STARTTLS_LINE_MAX];
	size_t len;
	const char *why; /* constant text, when failed */
};

void starttls_init(struct starttls *s, enum cert_start start);
enum starttls_next starttls_feed(struct starttls *s, const char *bytes, size_t n, const char **out);

#endif
