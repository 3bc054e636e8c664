/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading an answer of a web server.
 */
#include "http.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The value of the first header of that name within the head; *len is its length. NULL: none. */
static const char *
header(const char *head, size_t n, const char *name, size_t *len)
{
	const char *end = head + n, *line = memchr(head, '\n', n);
	size_t nname = strlen(name);

	while (line != NULL && ++line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));

		if (stop == NULL)
			stop = end;
		if ((size_t)(stop - line) > nname && line[nname] == ':' &&
		    strncasecmp(line, name, nname) == 0) {
			const char *v = line + nname + 1;

			while (v < stop && (*v == ' ' || *v == '\t'))
				v++;
			while (stop > v && isspace((unsigned char)stop[-1]))
				stop--;
			*len = (size_t)(stop - v);
			return v;
		}
		line = stop < end ? stop : NULL;
	}
	return NULL;
}

/* "http://host:port/...", "//host/...": the host. false: the address names none, so the place
 * itself is meant. */
static bool
host_of(const char *url, size_t n, char host[WRITTEN_HOST_MAX + 1])
{
	const char *p = memmem(url, n, "//", 2), *end = url + n;
	size_t len = 0;

	if (p == NULL || (p != url && p[-1] != ':'))
		return false;
	p += 2;
	if (p < end && *p == '[')
		p++;
	while (p + len < end && len < WRITTEN_HOST_MAX &&
	       (isalnum((unsigned char)p[len]) || strchr("-._", p[len]) != NULL))
		len++;
	memcpy(host, p, len);
	host[len] = '\0';
	return true;
}

static bool
is_known(const char *host, const struct reach_target *t, const struct texts *redirects)
{
	if (strcasecmp(host, t->at.host) == 0)
		return true;
	for (size_t i = 0; i < redirects->n; i++)
		if (strcasecmp(host, redirects->v[i]) == 0)
			return true;
	return false;
}

static enum http_says
by_status(const char *head, size_t n, const struct reach_target *t, const struct texts *redirects,
    struct http_answer *out)
{
	size_t len = 0;
	const char *to;

	if (out->status >= 500)
		return HTTP_SERVER;
	/* 401: it asks who is there, as it should */
	if (out->status >= 400 && out->status != 401)
		return HTTP_STATUS;
	if (out->status < 300 || out->status >= 400)
		return HTTP_FINE;
	to = header(head, n, "Location", &len);
	if (to == NULL || !host_of(to, len, out->to) || is_known(out->to, t, redirects))
		return HTTP_FINE;
	return HTTP_ELSEWHERE;
}

enum http_says
http_read(const char *p, size_t n, const struct reach_target *t, const struct texts *redirects,
    const char *words, struct http_answer *out)
{
	const char *end = memmem(p, n, "\r\n\r\n", 4);
	enum http_says says;
	size_t head;

	*out = (struct http_answer){ .status = 0 };
	if (end == NULL)
		end = memmem(p, n, "\n\n", 2);
	if (end == NULL || n < 12 || memcmp(p, "HTTP/1.", 7) != 0 || p[8] != ' ')
		return HTTP_NOT;
	for (int i = 9; i < 12; i++) {
		if (!isdigit((unsigned char)p[i]))
			return HTTP_NOT;
		out->status = out->status * 10 + (p[i] - '0');
	}
	if (out->status < 200)
		return HTTP_NOT;
	head = (size_t)(end - p);
	says = by_status(p, head, t, redirects, out);
	if (says == HTTP_FINE && words != NULL &&
	    memmem(end, n - head, words, strlen(words)) == NULL)
		return HTTP_WORDS;
	return says;
}
