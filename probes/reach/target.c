/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a place is written. The command links this file beside spec.c.
 */
#include "reach.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_END " = "
#define DNS_PORT 53

static const struct {
	const char *prefix;
	enum reach_way way;
	uint16_t port; /* 0: must be written */
} schemes[] = {
	{ "tcp://", REACH_TCP, 0 },
	{ "http://", REACH_HTTP, 80 },
	{ "https://", REACH_HTTPS, 443 },
	{ "dns://", REACH_DNS, DNS_PORT },
};

static int
take_name(const char **text, struct reach_target *out, struct err *e)
{
	const char *end = strstr(*text, NAME_END);
	size_t n = end != NULL ? (size_t)(end - *text) : 0;

	if (end == NULL)
		return 0;
	if (n == 0 || n > REACH_NAME_MAX)
		return err_set(e, ERR_LIMIT, "a name of %zu characters before \" = \" (1 to %d)", n,
		    REACH_NAME_MAX);
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)(*text)[i]))
			return err_set(
			    e, ERR_RANGE, "the name before \" = \" has a control character");
	memcpy(out->name, *text, n);
	*text = end + strlen(NAME_END);
	return 0;
}

static int
take_port(const char *p, size_t n, struct reach_target *out, struct err *e)
{
	unsigned long v = 0;

	for (size_t i = 0; i < n && i < 6; i++)
		v = isdigit((unsigned char)p[i]) ? v * 10 + (unsigned long)(p[i] - '0') : 100000;
	if (n == 0 || n > 5 || v == 0 || v > 65535)
		return err_set(
		    e, ERR_RANGE, "\"%.*s\" is no port (1 to 65535)", (int)(n < 16 ? n : 16), p);
	out->port = (uint16_t)v;
	return 0;
}

/* The n bytes "host", "host:port", "[v6]", "[v6]:port". */
static int
take_host(const char *p, size_t n, struct reach_target *out, struct err *e)
{
	const char *close = n > 0 && p[0] == '[' ? memchr(p, ']', n) : NULL;
	const char *from = close != NULL ? close : p;
	const char *colon = memchr(from, ':', n - (size_t)(from - p));
	size_t host = close != NULL   ? (size_t)(close - p) - 1
		      : colon != NULL ? (size_t)(colon - p)
				      : n;

	if (close != NULL && close + 1 != p + n && close[1] != ':')
		return err_set(e, ERR_PARSE, "has more than a port after its ]");
	if (host == 0 || host > REACH_HOST_MAX)
		return err_set(
		    e, ERR_LIMIT, "a host name of %zu characters (1 to %d)", host, REACH_HOST_MAX);
	memcpy(out->host, close != NULL ? p + 1 : p, host);
	for (size_t i = 0; i < host; i++)
		if (!isalnum((unsigned char)out->host[i]) &&
		    strchr(close != NULL ? ".:%" : "-._", out->host[i]) == NULL)
			return err_set(e, ERR_RANGE,
			    "\"%.80s\" holds a character that no host's name has", out->host);
	return colon == NULL ? 0 : take_port(colon + 1, n - (size_t)(colon + 1 - p), out, e);
}

static int
take_path(const char *p, struct reach_target *out, struct err *e)
{
	bool web = out->way == REACH_HTTP || out->way == REACH_HTTPS;

	if (!web && p[0] != '\0')
		return err_set(e, ERR_RANGE, "\"%.80s\" behind the host: only http has a path", p);
	if (strlen(p) > REACH_PATH_MAX)
		return err_set(e, ERR_LIMIT, "a path of %zu characters (at most %d)", strlen(p),
		    REACH_PATH_MAX);
	for (const char *c = p; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return err_set(e, ERR_RANGE, "the path holds a character that no path has");
	snprintf(out->path, sizeof(out->path), "%s", p[0] == '\0' ? "/" : p);
	return 0;
}

int
reach_target_parse(const char *text, struct reach_target *out, struct err *e)
{
	size_t k = 0, n;

	memset(out, 0, sizeof(*out));
	if (take_name(&text, out, e) < 0)
		return -1;
	out->url = text;
	while (k < sizeof(schemes) / sizeof(schemes[0]) &&
	       strncmp(text, schemes[k].prefix, strlen(schemes[k].prefix)) != 0)
		k++;
	if (k == sizeof(schemes) / sizeof(schemes[0]))
		return err_set(e, ERR_RANGE,
		    "\"%.80s\": a place starts with https:// http:// tcp:// or dns://", text);
	out->way = schemes[k].way;
	out->port = schemes[k].port;
	text += strlen(schemes[k].prefix);
	n = strcspn(text, "/");
	if (take_host(text, n, out, e) < 0 || take_path(text + n, out, e) < 0)
		return -1;
	if (out->port == 0)
		return err_set(e, ERR_RANGE, "lacks a port (as \"tcp://filing.example:5001\")");
	if (out->name[0] == '\0')
		snprintf(out->name, sizeof(out->name), "%.*s", REACH_NAME_MAX, out->host);
	return 0;
}

int
reach_resolver_parse(const char *text, struct reach_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->way = REACH_DNS;
	out->port = DNS_PORT;
	out->url = text;
	if (take_host(text, strlen(text), out, e) < 0)
		return -1;
	for (const char *p = out->host; *p != '\0'; p++)
		if (!isxdigit((unsigned char)*p) && *p != '.' && *p != ':' && *p != '%')
			return err_set(e, ERR_RANGE,
			    "\"%.80s\": a resolver is an address, as 192.0.2.53 or [2001:db8::53]",
			    text);
	snprintf(out->name, sizeof(out->name), "%.*s", REACH_NAME_MAX, out->host);
	return 0;
}
