/* SPDX-License-Identifier: Apache-2.0
 *
 * starttls: what turns a plain connection into TLS: SMTP (RFC 3207), IMAP and POP3 (RFC 2595), FTP
 * (RFC 4217), ManageSieve (RFC 5804), NNTP (RFC 4642), XMPP (RFC 6120 5), LDAP (RFC 4511 4.14),
 * PostgreSQL (its protocol 3.0, SSLRequest), MySQL (its protocol 4.1, SSLRequest), RDP (MS-RDPBCGR
 * 2.2.1.1). Pure: takes the server's bytes as they come, says what to send. Nothing may follow the
 * server's last answer in the clear (CVE-2011-0411); it is refused.
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
	const char *name; /* the server's, for those who ask for it; borrowed */
	unsigned step, lines;
	char line[STARTTLS_LINE_MAX]; /* what came and is not a whole answer yet */
	size_t len;
	const char *out; /* to send */
	size_t nout;
	char room[STARTTLS_LINE_MAX]; /* for what is made for this server */
	const char *why;              /* constant text, when failed */
};

/* STARTTLS_SEND: the client speaks first. STARTTLS_MORE: the server does. */
enum starttls_next starttls_init(struct starttls *s, enum cert_start start, const char *name);
enum starttls_next starttls_feed(struct starttls *s, const char *bytes, size_t n);

/* The ones without lines (starttls_binary.c). */
enum starttls_next starttls_binary_init(struct starttls *s);
enum starttls_next starttls_binary_feed(struct starttls *s, const char *bytes, size_t n);
enum starttls_next starttls_fail(struct starttls *s, const char *why);
enum starttls_next starttls_send(struct starttls *s, const char *bytes, size_t n);

#endif
