/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how an endpoint is written. The command links this file beside spec.c.
 */
#include "probes/cert/spec.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *prefix;
	enum cert_start start;
	const char *port;
} schemes[] = {
	{ "tls://", START_TLS, "443" },
	{ "https://", START_TLS, "443" },
	{ "smtp://", START_SMTP, "25" },
	{ "imap://", START_IMAP, "143" },
	{ "pop3://", START_POP3, "110" },
	{ "ftp://", START_FTP, "21" },
	{ "sieve://", START_SIEVE, "4190" },
	{ "nntp://", START_NNTP, "119" },
	{ "xmpp://", START_XMPP, "5222" },
	{ "xmpp-server://", START_XMPP_SERVER, "5269" },
	{ "ldap://", START_LDAP, "389" },
	{ "postgres://", START_POSTGRES, "5432" },
	{ "postgresql://", START_POSTGRES, "5432" },
	{ "mysql://", START_MYSQL, "3306" },
	{ "rdp://", START_RDP, "3389" },
};

static bool
is_address(const char *text)
{
	unsigned char buf[16];

	return inet_pton(AF_INET, text, buf) == 1 || inet_pton(AF_INET6, text, buf) == 1;
}

/* Copies a host name or address; letters, digits and "-._" as names have, ":" for addresses. */
static int
take_host(const char *p, size_t len, bool bracketed, char out[CERT_HOST_MAX], struct err *e)
{
	if (len == 0)
		return err_set(e, ERR_PARSE, "lacks a host (as \"portal.example:443\")");
	if (len >= CERT_HOST_MAX)
		return err_set(e, ERR_LIMIT, "a host name of %zu characters (at most %d)", len,
		    CERT_HOST_MAX - 1);
	memcpy(out, p, len);
	out[len] = '\0';
	if (bracketed) {
		if (strchr(out, ':') == NULL || !is_address(out))
			return err_set(e, ERR_PARSE, "\"[%s]\" is no IPv6 address", out);
		return 0;
	}
	for (size_t i = 0; i < len; i++) {
		bool plain = (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') ||
			     (p[i] >= '0' && p[i] <= '9') || p[i] == '-' || p[i] == '.' ||
			     p[i] == '_';

		if (p[i] == ':')
			return err_set(e, ERR_PARSE,
			    "has too many \":\" (an IPv6 address is written as \"[::1]:443\")");
		if (!plain)
			return err_set(e, ERR_PARSE,
			    "a host name has letters, digits, \"-\", \".\" and \"_\" (others in "
			    "their xn-- form)");
	}
	return 0;
}

static int
take_port(const char *p, char out[6], struct err *e)
{
	size_t len = strlen(p);
	long v = 0;

	for (size_t i = 0; i < len && i < 6; i++)
		v = p[i] >= '0' && p[i] <= '9' ? v * 10 + (p[i] - '0') : 100000;
	if (len == 0 || len > 5 || v < 1 || v > 65535)
		return err_set(e, ERR_RANGE, "\"%.16s\" is no port (1 to 65535)", p);
	snprintf(out, 6, "%ld", v);
	return 0;
}

/* "name@" before the host. */
static int
take_name(const char **p, struct cert_endpoint *out, struct err *e)
{
	const char *at = strchr(*p, '@');
	const char *s = *p;
	size_t len;
	bool bracketed;

	if (at == NULL)
		return 0;
	len = (size_t)(at - s);
	bracketed = len >= 2 && s[0] == '[' && at[-1] == ']';
	if (take_host(bracketed ? s + 1 : s, bracketed ? len - 2 : len, bracketed, out->name, e) <
	    0)
		return err_wrap(e, "the name before \"@\"");
	*p = at + 1;
	return 0;
}

int
cert_endpoint_parse(const char *text, struct cert_endpoint *out, struct err *e)
{
	const char *p = text, *colon, *port = NULL;
	bool bracketed;
	size_t len;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncmp(p, schemes[i].prefix, strlen(schemes[i].prefix)) == 0) {
			p += strlen(schemes[i].prefix);
			out->start = schemes[i].start;
			port = schemes[i].port;
			break;
		}
	if (strstr(p, "://") != NULL)
		return err_set(e, ERR_PARSE,
		    "an unknown scheme (allowed: tls:// https:// smtp:// imap:// pop3:// ftp:// "
		    "sieve:// nntp:// xmpp:// xmpp-server:// ldap:// postgres:// mysql:// "
		    "rdp://)");
	if (take_name(&p, out, e) < 0)
		return -1;
	bracketed = p[0] == '[';
	colon = bracketed ? strchr(p, ']') : strrchr(p, ':');
	if (bracketed && colon == NULL)
		return err_set(e, ERR_PARSE, "\"[\" without \"]\"");
	len = colon != NULL ? (size_t)(colon - p) : strlen(p);
	if (take_host(bracketed ? p + 1 : p, bracketed ? len - 1 : len, bracketed, out->host, e) <
	    0)
		return -1;
	if (bracketed && colon[1] != '\0' && colon[1] != ':')
		return err_set(e, ERR_PARSE, "\"%.16s\" behind the address", colon + 1);
	if (bracketed)
		colon = colon[1] == ':' ? colon + 1 : NULL;
	if (colon == NULL && port == NULL)
		return err_set(e, ERR_PARSE, "lacks a port (as \"portal.example:443\")");
	if (take_port(colon != NULL ? colon + 1 : port, out->port, e) < 0)
		return -1;
	if (out->name[0] == '\0')
		memcpy(out->name, out->host, sizeof(out->name));
	out->numeric = is_address(out->host);
	out->name_numeric = is_address(out->name);
	return 0;
}
