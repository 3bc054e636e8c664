/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one question over HTTP.
 */
#include "probes/cert/responder.h"

#include "probes/cert/ocsp.h"
#include "probes/cert/spec.h"
#include "probes/net/resolve.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCHEME "http://"
#define ROOM (RESPONDER_HEAD_MAX + OCSP_ANSWER_MAX)
#define URL_MAX 2048

struct call {
	struct clk *clk;
	span until;
	struct cert_endpoint at;
	const char *path;
	const char *why;
};

/* The address comes out of a certificate: nothing of it may end a line of the question. */
static bool
take_url(struct call *c, const char *url, struct arena *a)
{
	const char *host = url + strlen(SCHEME), *slash;
	struct err e;
	char *text;

	c->why = "the address of its responder is none that is understood (http://host/path)";
	if (strncmp(url, SCHEME, strlen(SCHEME)) != 0 || strlen(url) > URL_MAX)
		return false;
	for (const char *p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~')
			return false;
	slash = strchr(host, '/');
	c->path = slash != NULL ? slash : "/";
	text = arena_textn(a, host, slash != NULL ? (size_t)(slash - host) : strlen(host));
	if (strchr(text, '@') != NULL)
		return false;
	if (strchr(text, ':') == NULL)
		text = arena_printf(a, "%s:80", text);
	return cert_endpoint_parse(text, &c->at, &e) == 0 && c->at.start == START_TLS;
}

static bool
wait_for(struct call *c, int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };
	span left = c->until - c->clk->mono(c->clk);

	if (left > 0 && poll(&p, 1, (int)(left / SPAN_MS) + 1) > 0)
		return true;
	c->why = "no answer in time";
	return false;
}

static bool
find(struct call *c, struct net_address *out)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_STREAM, 1 };
	uint16_t port = (uint16_t)strtoul(c->at.port, NULL, 10);
	struct resolver *r;
	struct resolved got = { .error = -1 };

	if (c->at.numeric && net_address_parse(c->at.host, port, out))
		return true;
	r = resolver_new(&terms);
	c->why = "its name is not found";
	if (r != NULL && resolver_ask(r, 0, c->at.host, port) &&
	    wait_for(c, resolver_fd(r), POLLIN))
		resolver_take(r, &got);
	resolver_close(r);
	if (got.error != 0 || got.n == 0)
		return false;
	*out = got.v[0];
	return true;
}

static bool
failed(struct call *c)
{
	c->why = strerror(errno);
	return false;
}

static bool
send_all(struct call *c, int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w;

		if (!wait_for(c, fd, POLLOUT))
			return false;
		w = send(fd, p, n, MSG_NOSIGNAL);
		if (w < 0 && errno != EAGAIN && errno != EINTR)
			return failed(c);
		p += w > 0 ? w : 0;
		n -= w > 0 ? (size_t)w : 0;
	}
	return true;
}

/* Until it has said all: it was asked to hang up then (HTTP/1.0), or says how long it is. */
static bool
receive(struct call *c, int fd, char *room, struct der *body)
{
	size_t n = 0;

	while (n < ROOM && wait_for(c, fd, POLLIN)) {
		ssize_t r = recv(fd, room + n, ROOM - n, 0);

		if (r < 0 && errno != EAGAIN && errno != EINTR)
			return failed(c);
		n += r > 0 ? (size_t)r : 0;
		if (r == 0)
			return responder_body(room, n, body, &c->why);
	}
	if (n == ROOM)
		c->why = "its answer is too long";
	return false;
}

static bool
talk(struct call *c, const struct net_address *to, struct der question, struct arena *a,
    struct der *body)
{
	int fd = socket(to->u.sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	char *head = arena_printf(a,
	    "POST %s HTTP/1.0\r\nHost: %s:%s\r\nContent-Type: application/ocsp-request\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    c->path, c->at.host, c->at.port, question.len);
	bool good;

	if (fd < 0)
		return failed(c);
	if (connect(fd, &to->u.sa, to->len) < 0 && errno != EINPROGRESS)
		good = failed(c);
	else
		good = send_all(c, fd, head, strlen(head)) &&
		       send_all(c, fd, (const char *)question.p, question.len) &&
		       receive(c, fd, arena_alloc(a, ROOM), body);
	close(fd);
	return good;
}

bool
responder_ask(const char *url, struct der question, struct clk *clk, span until, struct arena *a,
    struct der *answer, const char **why)
{
	struct call c = { .clk = clk, .until = until };
	struct net_address to;
	bool good = take_url(&c, url, a) && find(&c, &to) && talk(&c, &to, question, a, answer);

	*why = good ? NULL : arena_text(a, c.why);
	return good;
}

bool
responder_body(const char *data, size_t len, struct der *body, const char **why)
{
	const char *end = memmem(data, len, "\r\n\r\n", 4);

	*why = "what it answers is not HTTP";
	if (len < 12 || memcmp(data, "HTTP/1.", 7) != 0 || end == NULL)
		return false;
	*why = "it refuses the question";
	if (memcmp(data + 8, " 200", 4) != 0)
		return false;
	*body = (struct der){ (const uint8_t *)end + 4, len - (size_t)(end + 4 - data) };
	*why = "its answer is too long";
	return body->len <= OCSP_ANSWER_MAX;
}
