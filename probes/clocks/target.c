/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a machine is written. The command links this file beside spec.c.
 */
#include "clocks.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_END " = "

static const struct {
	const char *prefix;
	enum clocks_source source;
	uint16_t port;
} schemes[] = {
	{ "ntp://", SOURCE_NTP, 123 },
	{ "http://", SOURCE_HTTP, 80 },
	{ "https://", SOURCE_HTTPS, 443 },
	{ "smb://", SOURCE_SMB, 445 },
};

static int
take_name(const char **text, struct clocks_target *out, struct err *e)
{
	const char *end = strstr(*text, NAME_END);
	size_t n;

	if (end == NULL)
		return 0;
	n = (size_t)(end - *text);
	if (n == 0 || n > CLOCKS_NAME_MAX)
		return err_set(e, ERR_LIMIT, "a name of %zu characters before \" = \" (1 to %d)", n,
		    CLOCKS_NAME_MAX);
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)(*text)[i]))
			return err_set(
			    e, ERR_RANGE, "the name before \" = \" has a control character");
	memcpy(out->name, *text, n);
	*text = end + strlen(NAME_END);
	return 0;
}

static int
take_scheme(const char **text, struct clocks_target *out, struct err *e)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t n = strlen(schemes[i].prefix);

		if (strncmp(*text, schemes[i].prefix, n) != 0)
			continue;
		out->source = schemes[i].source;
		out->port = schemes[i].port;
		*text += n;
		return 0;
	}
	return err_set(e, ERR_RANGE,
	    "\"%.80s\": a machine starts with smb:// http:// https:// or ntp://", *text);
}

static int
take_port(const char *p, size_t n, struct clocks_target *out, struct err *e)
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

/* The n bytes between "://" and the first "/": "host", "host:port", "[v6]", "[v6]:port". */
static int
take_host(const char *p, size_t n, struct clocks_target *out, struct err *e)
{
	const char *close = n > 0 && p[0] == '[' ? memchr(p, ']', n) : NULL;
	const char *from = close != NULL ? close : p;
	const char *colon = memchr(from, ':', n - (size_t)(from - p));
	size_t host = close != NULL   ? (size_t)(close - p) - 1
		      : colon != NULL ? (size_t)(colon - p)
				      : n;

	if (close != NULL && close + 1 != p + n && close[1] != ':')
		return err_set(e, ERR_PARSE, "has more than a port after its ]");
	if (host == 0 || host > CLOCKS_HOST_MAX)
		return err_set(
		    e, ERR_LIMIT, "a host name of %zu characters (1 to %d)", host, CLOCKS_HOST_MAX);
	memcpy(out->host, close != NULL ? p + 1 : p, host);
	for (size_t i = 0; i < host; i++)
		if (!isalnum((unsigned char)out->host[i]) &&
		    strchr(close != NULL ? ".:%" : "-._", out->host[i]) == NULL)
			return err_set(e, ERR_RANGE,
			    "\"%.80s\" holds a character that no host's name has", out->host);
	return colon == NULL ? 0 : take_port(colon + 1, n - (size_t)(colon + 1 - p), out, e);
}

static int
take_path(const char *p, struct clocks_target *out, struct err *e)
{
	bool web = out->source == SOURCE_HTTP || out->source == SOURCE_HTTPS;

	if (!web && p[0] != '\0' && strcmp(p, "/") != 0)
		return err_set(e, ERR_RANGE, "\"%.80s\" behind the host: only http has a path", p);
	if (strlen(p) > CLOCKS_PATH_MAX)
		return err_set(e, ERR_LIMIT, "a path of %zu characters (at most %d)", strlen(p),
		    CLOCKS_PATH_MAX);
	for (const char *c = p; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return err_set(e, ERR_RANGE, "the path holds a character that no path has");
	memcpy(out->path, p[0] == '\0' ? "/" : p, p[0] == '\0' ? 2 : strlen(p) + 1);
	return 0;
}

/* Without a name of its own, the host; of a share, its folder. */
static void
take_default_name(struct clocks_target *out, const char *name)
{
	if (out->name[0] == '\0')
		snprintf(out->name, sizeof(out->name), "%.*s", CLOCKS_NAME_MAX, name);
}

int
clocks_share_parse(const char *text, struct clocks_target *out, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->source = SOURCE_SHARE;
	if (take_name(&text, out, e) < 0)
		return -1;
	out->url = text;
	if (text[0] != '/' || text[1] == '\0')
		return err_set(e, ERR_RANGE,
		    "\"%.80s\": the folder of a share starts with / and is not the root", text);
	if (strlen(text) > CLOCKS_PATH_MAX)
		return err_set(e, ERR_LIMIT, "a folder of %zu characters (at most %d)",
		    strlen(text), CLOCKS_PATH_MAX);
	take_default_name(out, text);
	return 0;
}

int
clocks_target_parse(const char *text, struct clocks_target *out, struct err *e)
{
	size_t n;

	memset(out, 0, sizeof(*out));
	if (take_name(&text, out, e) < 0)
		return -1;
	out->url = text;
	if (take_scheme(&text, out, e) < 0)
		return -1;
	n = strcspn(text, "/");
	if (take_host(text, n, out, e) < 0 || take_path(text + n, out, e) < 0)
		return -1;
	take_default_name(out, out->host);
	return 0;
}
