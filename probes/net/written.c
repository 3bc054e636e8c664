/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a place in the network is read. The command links this file beside the faces of probes.
 */
#include "probes/net/written.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_END " = "

int
written_take_name(const char **text, char name[WRITTEN_NAME_MAX + 1], struct err *e)
{
	const char *end = strstr(*text, NAME_END);
	size_t n = end != NULL ? (size_t)(end - *text) : 0;

	name[0] = '\0';
	if (end == NULL)
		return 0;
	if (n == 0 || n > WRITTEN_NAME_MAX)
		return err_set(e, ERR_LIMIT, "a name of %zu characters before \" = \" (1 to %d)", n,
		    WRITTEN_NAME_MAX);
	for (size_t i = 0; i < n; i++)
		if (iscntrl((unsigned char)(*text)[i]))
			return err_set(
			    e, ERR_RANGE, "the name before \" = \" has a control character");
	memcpy(name, *text, n);
	name[n] = '\0';
	*text = end + strlen(NAME_END);
	return 0;
}

static int
take_port(const char *p, size_t n, uint16_t *port, struct err *e)
{
	unsigned long v = 0;

	for (size_t i = 0; i < n && i < 6; i++)
		v = isdigit((unsigned char)p[i]) ? v * 10 + (unsigned long)(p[i] - '0') : 100000;
	if (n == 0 || n > 5 || v == 0 || v > 65535)
		return err_set(
		    e, ERR_RANGE, "\"%.*s\" is no port (1 to 65535)", (int)(n < 16 ? n : 16), p);
	*port = (uint16_t)v;
	return 0;
}

int
written_take_host(
    const char *p, size_t n, char host[WRITTEN_HOST_MAX + 1], uint16_t *port, struct err *e)
{
	const char *close = n > 0 && p[0] == '[' ? memchr(p, ']', n) : NULL;
	const char *from = close != NULL ? close : p;
	const char *colon = memchr(from, ':', n - (size_t)(from - p));
	size_t len = close != NULL   ? (size_t)(close - p) - 1
		     : colon != NULL ? (size_t)(colon - p)
				     : n;

	if (close != NULL && close + 1 != p + n && close[1] != ':')
		return err_set(e, ERR_PARSE, "has more than a port after its ]");
	if (len == 0 || len > WRITTEN_HOST_MAX)
		return err_set(
		    e, ERR_LIMIT, "a host name of %zu characters (1 to %d)", len, WRITTEN_HOST_MAX);
	memcpy(host, close != NULL ? p + 1 : p, len);
	host[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)host[i]) &&
		    strchr(close != NULL ? ".:%" : "-._", host[i]) == NULL)
			return err_set(e, ERR_RANGE,
			    "\"%.80s\" holds a character that no host's name has", host);
	return colon == NULL ? 0 : take_port(colon + 1, n - (size_t)(colon + 1 - p), port, e);
}

static int
take_path(const char *p, bool allowed, struct written *out, struct err *e)
{
	if (!allowed && p[0] != '\0' && strcmp(p, "/") != 0)
		return err_set(e, ERR_RANGE, "\"%.80s\" behind the host: only http has a path", p);
	if (strlen(p) > WRITTEN_PATH_MAX)
		return err_set(e, ERR_LIMIT, "a path of %zu characters (at most %d)", strlen(p),
		    WRITTEN_PATH_MAX);
	for (const char *c = p; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return err_set(e, ERR_RANGE, "the path holds a character that no path has");
	snprintf(out->path, sizeof(out->path), "%s", p[0] == '\0' ? "/" : p);
	return 0;
}

int
written_parse(const char *text, const struct written_scheme *schemes, const char *starts,
    struct written *out, struct err *e)
{
	const struct written_scheme *s;
	size_t n;

	memset(out, 0, sizeof(*out));
	if (written_take_name(&text, out->name, e) < 0)
		return -1;
	out->url = text;
	while ((s = &schemes[out->scheme])->prefix != NULL &&
	       strncmp(text, s->prefix, strlen(s->prefix)) != 0)
		out->scheme++;
	if (s->prefix == NULL)
		return err_set(e, ERR_RANGE, "\"%.80s\": %s", text, starts);
	out->port = s->port;
	text += strlen(s->prefix);
	n = strcspn(text, "/");
	if (written_take_host(text, n, out->host, &out->port, e) < 0 ||
	    take_path(text + n, s->path, out, e) < 0)
		return -1;
	if (out->port == 0)
		return err_set(e, ERR_RANGE, "lacks a port (as \"tcp://filing.example:5001\")");
	if (out->name[0] == '\0')
		snprintf(out->name, sizeof(out->name), "%.*s", WRITTEN_NAME_MAX, out->host);
	return 0;
}
