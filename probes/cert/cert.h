/* SPDX-License-Identifier: Apache-2.0
 *
 * cert: end dates of certificates in files and behind TLS endpoints. The probe reads dates with its
 * own reader (probes/x509); OpenSSL does handshakes and chains.
 */
#ifndef PROBES_CERT_CERT_H
#define PROBES_CERT_CERT_H

#include "probes/probe.h"
#include "probes/x509/der.h"

#define CERT_FILE_MAX ((size_t)8 << 20) /* bytes of one file */
#define CERT_PER_FILE_MAX 4096          /* certificates of one file */
#define CERT_CHAIN_MAX 64               /* certificates one endpoint may show */
#define CERT_HOST_MAX 254               /* RFC 1035: 253 characters and the NUL */

struct cert_conf {
	struct texts paths;
	struct texts endpoints;
	const char *trust;
};

/* How TLS begins on a connection. */
enum cert_start { START_TLS, START_SMTP, START_IMAP, START_POP3, START_FTP, START_N };

struct cert_endpoint {
	enum cert_start start;
	char host[CERT_HOST_MAX]; /* name, or address without brackets */
	char
	    name[CERT_HOST_MAX]; /* what the certificate must name; sent as SNI unless an address */
	char port[6];
	bool numeric;      /* host is an address: nothing to resolve */
	bool name_numeric; /* name is an address */
};

/* "host:port", "[v6]:port", "name@host:port", each also behind "smtp://", "imap://", "pop3://",
 * "ftp://" (STARTTLS; then the port may be left out), "tls://" or "https://". Pure. -1 with *e set:
 * what is wrong with it and what is allowed. Lives in spec.c, which the command links too. */
int cert_endpoint_parse(const char *text, struct cert_endpoint *out, struct err *e);

/* A set of things already met, by the first half of their SHA-256. */
struct seen {
	uint8_t (*slots)[16];
	size_t n, cap;
};

/* true when it was not there before. */
bool seen_add(struct seen *s, struct der thing);
void seen_fini(struct seen *s);

/* What the two halves of a run share. */
struct cert_run {
	const struct probe_ctx *ctx;
	const struct cert_conf *conf;
	instant now;
	struct arena *item; /* scratch of one item, reset after each */
	struct seen chain;  /* certificates behind the first of a file or endpoint, shown once */
};

/* Emits for every entry of conf->paths. */
void cert_files(struct cert_run *run);

/* Emits for every entry of conf->endpoints. */
void cert_endpoints(struct cert_run *run);

/* The certificates of one place (a file, an endpoint), one by one, each an item: the first under
 * the place's own name, those behind it under "place: name", and each of these only once in a run,
 * since a bundle holds the same authorities as its neighbours. */
struct cert_place {
	const char *name, *kind; /* "/etc/x.pem", "path" */
	size_t position;         /* of the next, from 1 */
	uint64_t *labels;        /* CERT_PER_FILE_MAX hashes of what names were used */
	struct arena *arena;
};

void cert_place_init(struct cert_place *p, const char *kind, const char *name, struct arena *a);
/* -1 with *e set when the bytes are no certificate; nothing is emitted then. */
int cert_place_show(struct cert_run *run, struct cert_place *p, struct der der,
    const struct evidence *more, size_t nmore, struct err *e);

/* An item of rule cert.read or cert.endpoint that could not be checked. */
void cert_unknown(const struct cert_run *run, const char *rule, const char *target,
    const char *summary, const char *reason);

#endif
