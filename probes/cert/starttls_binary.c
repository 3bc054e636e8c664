/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the protocols that do not speak in lines before TLS begins.
 */
#include "probes/cert/starttls.h"

#include <stdio.h>
#include <string.h>

#define NO_TLS "it does not offer TLS on this port"
#define NOT_SO "it does not answer as this kind of server does"
#define TOO_MUCH "it sends more than was asked for before TLS"

#define POSTGRES_REQUEST "\0\0\0\x08\x04\xd2\x16\x2f"
#define LDAP_REQUEST                                                                               \
	"\x30\x1d\x02\x01\x01\x77\x18\x80\x16"                                                     \
	"1.3.6.1.4.1.1466.20037"
/* TPKT, X.224 connection request, RDP_NEG_REQ for TLS or CredSSP over TLS */
#define RDP_REQUEST "\x03\0\0\x13\x0e\xe0\0\0\0\0\0\x01\0\x08\0\x03\0\0\0"
#define MYSQL_PROTOCOL 10
#define MYSQL_ERROR 0xff
#define MYSQL_SSL 0x08 /* in the high byte of the lower capabilities: CLIENT_SSL */
/* 32 bytes, the second packet: PROTOCOL_41 SSL SECURE_CONNECTION, 16 MiB, utf8 */
#define MYSQL_REQUEST                                                                              \
	"\x20\0\0\x01\0\x8a\0\0\0\0\0\x01\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

enum starttls_next
starttls_fail(struct starttls *s, const char *why)
{
	s->why = why;
	return STARTTLS_FAILED;
}

enum starttls_next
starttls_send(struct starttls *s, const char *bytes, size_t n)
{
	s->out = bytes;
	s->nout = n;
	return STARTTLS_SEND;
}

static enum starttls_next
xmpp_hello(struct starttls *s)
{
	int n = snprintf(s->room, sizeof(s->room),
	    "<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:%s' "
	    "xmlns:stream='http://etherx.jabber.org/streams'>",
	    s->name, s->start == START_XMPP_SERVER ? "server" : "client");

	return n > 0 && (size_t)n < sizeof(s->room) ? starttls_send(s, s->room, (size_t)n)
						    : starttls_fail(s, "its name is too long");
}

enum starttls_next
starttls_binary_init(struct starttls *s)
{
	switch ((int)s->start) {
	case START_POSTGRES:
		return starttls_send(s, POSTGRES_REQUEST, sizeof(POSTGRES_REQUEST) - 1);
	case START_LDAP:
		return starttls_send(s, LDAP_REQUEST, sizeof(LDAP_REQUEST) - 1);
	case START_RDP:
		return starttls_send(s, RDP_REQUEST, sizeof(RDP_REQUEST) - 1);
	case START_XMPP:
	case START_XMPP_SERVER:
		return xmpp_hello(s);
	default:
		return STARTTLS_MORE;
	}
}

static enum starttls_next
postgres(struct starttls *s)
{
	if (s->line[0] != 'S')
		return starttls_fail(s, s->line[0] == 'N' || s->line[0] == 'E' ? NO_TLS : NOT_SO);
	return s->len > 1 ? starttls_fail(s, TOO_MUCH) : STARTTLS_READY;
}

/* Where the lower two bytes of its capabilities begin; 0: not there (yet). */
static size_t
mysql_capabilities(const struct starttls *s)
{
	const char *version = s->line + 5;
	const char *end = memchr(version, '\0', s->len - 5);

	/* the thread's number, eight bytes of its challenge and one of zero */
	return end != NULL ? (size_t)(end - s->line) + 1 + 4 + 8 + 1 : 0;
}

static enum starttls_next
mysql(struct starttls *s)
{
	const unsigned char *p = (const unsigned char *)s->line;
	size_t whole, at;

	if (s->len < 5)
		return STARTTLS_MORE;
	whole = 4 + ((size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16);
	if (p[4] == MYSQL_ERROR)
		return starttls_fail(s, "it refuses this computer");
	if (p[4] != MYSQL_PROTOCOL || p[3] != 0 || whole > sizeof(s->line))
		return starttls_fail(s, NOT_SO);
	if (s->len < whole)
		return STARTTLS_MORE;
	if (s->len > whole)
		return starttls_fail(s, TOO_MUCH);
	at = mysql_capabilities(s);
	if (at == 0 || at + 2 > s->len)
		return starttls_fail(s, NOT_SO);
	if ((p[at + 1] & MYSQL_SSL) == 0)
		return starttls_fail(s, NO_TLS);
	s->step = 1;
	return starttls_send(s, MYSQL_REQUEST, sizeof(MYSQL_REQUEST) - 1);
}

/* LDAPMessage ::= SEQUENCE { messageID 1, [APPLICATION 24] { resultCode ENUMERATED, ... } } */
static enum starttls_next
ldap(struct starttls *s)
{
	const unsigned char *p = (const unsigned char *)s->line;
	size_t whole, at = 2;

	if (s->len < 2)
		return STARTTLS_MORE;
	if (p[0] != 0x30 || (p[1] > 0x7f && p[1] != 0x81 && p[1] != 0x82 && p[1] != 0x84))
		return starttls_fail(s, NOT_SO);
	whole = p[1];
	if (p[1] > 0x7f) {
		at = 2 + (size_t)(p[1] & 0x7f);
		if (s->len < at)
			return STARTTLS_MORE;
		whole = 0;
		for (size_t i = 2; i < at; i++)
			whole = whole << 8 | p[i];
	}
	if (whole > sizeof(s->line) - at)
		return starttls_fail(s, NOT_SO);
	if (s->len < at + whole)
		return STARTTLS_MORE;
	if (s->len > at + whole)
		return starttls_fail(s, TOO_MUCH);
	/* the number, then the answer with its length in one byte or in more */
	if (whole < 8 || memcmp(p + at, "\x02\x01\x01\x78", 4) != 0)
		return starttls_fail(s, NOT_SO);
	at += 5 + (p[at + 4] > 0x7f ? (size_t)(p[at + 4] & 0x7f) : 0);
	if (at + 3 > s->len || memcmp(p + at, "\x0a\x01", 2) != 0)
		return starttls_fail(s, NOT_SO);
	return p[at + 2] == 0 ? STARTTLS_READY : starttls_fail(s, NO_TLS);
}

/* TPKT, X.224 connection confirm, RDP_NEG_RSP (2) or RDP_NEG_FAILURE (3). */
static enum starttls_next
rdp(struct starttls *s)
{
	const unsigned char *p = (const unsigned char *)s->line;
	size_t whole;

	if (s->len < 4)
		return STARTTLS_MORE;
	whole = (size_t)p[2] << 8 | p[3];
	if (p[0] != 3 || whole < 11 || whole > sizeof(s->line))
		return starttls_fail(s, NOT_SO);
	if (s->len < whole)
		return STARTTLS_MORE;
	if (s->len > whole)
		return starttls_fail(s, TOO_MUCH);
	if (p[5] != 0xd0)
		return starttls_fail(s, NOT_SO);
	/* Windows before Vista answers without a choice: its own encryption */
	if (whole < 19 || p[11] != 2 || (p[15] & 0x0b) == 0)
		return starttls_fail(s, NO_TLS);
	return STARTTLS_READY;
}

static bool
holds(const struct starttls *s, const char *what)
{
	return memmem(s->line, s->len, what, strlen(what)) != NULL;
}

static enum starttls_next
xmpp(struct starttls *s)
{
	static const char ask[] = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

	if (holds(s, "<stream:error") || holds(s, "<failure"))
		return starttls_fail(s, "it refuses this name");
	if (s->len == 0 || s->line[s->len - 1] != '>')
		return STARTTLS_MORE;
	if (s->step == 1)
		return holds(s, "<proceed") ? STARTTLS_READY : STARTTLS_MORE;
	if (!holds(s, "</stream:features>") && !holds(s, "</features>"))
		return STARTTLS_MORE;
	if (!holds(s, "urn:ietf:params:xml:ns:xmpp-tls"))
		return starttls_fail(s, NO_TLS);
	s->step = 1;
	s->len = 0;
	return starttls_send(s, ask, sizeof(ask) - 1);
}

enum starttls_next
starttls_binary_feed(struct starttls *s, const char *bytes, size_t n)
{
	if (n > sizeof(s->line) - s->len)
		return starttls_fail(s, "it sends an answer that never ends");
	memcpy(s->line + s->len, bytes, n);
	s->len += n;
	if (s->len == 0)
		return STARTTLS_MORE;
	switch ((int)s->start) {
	case START_POSTGRES:
		return postgres(s);
	case START_MYSQL:
		/* behind the request TLS begins, without a word from the server */
		return s->step == 0 ? mysql(s) : starttls_fail(s, TOO_MUCH);
	case START_LDAP:
		return ldap(s);
	case START_RDP:
		return rdp(s);
	default:
		return xmpp(s);
	}
}
