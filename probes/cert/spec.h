/* SPDX-License-Identifier: Apache-2.0
 *
 * spec: what the cert probe can be told. The command links spec.c and endpoint.c too.
 */
#ifndef PROBES_CERT_SPEC_H
#define PROBES_CERT_SPEC_H

#include "probes/probe.h"

#define CERT_PASSWORDS_MAX 16  /* files of passwords of one check */
#define CERT_TRUST_NONE "none" /* what servers show is pinned, not trusted */
#define CERT_HOST_MAX 254      /* RFC 1035: 253 characters and the NUL */

struct cert_conf {
	struct texts paths;
	struct texts endpoints;
	const char *trust;
	const char *use;
	bool ocsp;              /* issuers are asked */
	struct texts passwords; /* files, each with one password */
};

/* How TLS begins on a connection. */
enum cert_start {
	START_TLS,
	START_SMTP,
	START_IMAP,
	START_POP3,
	START_FTP,
	START_SIEVE,
	START_NNTP,
	START_XMPP,
	START_XMPP_SERVER,
	START_LDAP,
	START_POSTGRES,
	START_MYSQL,
	START_RDP,
	START_N
};

struct cert_endpoint {
	enum cert_start start;
	char host[CERT_HOST_MAX]; /* name, or address without brackets */
	char
	    name[CERT_HOST_MAX]; /* what the certificate must name; sent as SNI unless an address */
	char port[6];
	bool numeric;      /* host is an address: nothing to resolve */
	bool name_numeric; /* name is an address */
};

/* "host:port", "[v6]:port", "name@host:port", each also behind the scheme of a protocol in which
 * TLS begins later (then the port may be left out), or "tls://", "https://". Pure. -1 with *e set:
 * what is wrong with it and what is allowed. */
int cert_endpoint_parse(const char *text, struct cert_endpoint *out, struct err *e);

#endif
