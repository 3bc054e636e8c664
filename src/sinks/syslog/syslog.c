/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the work of the sink syslog: its socket, here or elsewhere.
 */
#include "sinks/syslog/syslog.h"

#include "base/text.h"
#include "sinks/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define ECHO_WAIT 50 /* ms after the first datagram in which "nobody listens" comes back */

#define BROKE "the connection broke; it may have taken the messages"

struct syslog {
	const struct syslog_conf *conf;
	const struct sink_ctx *ctx;
	span until;
	char host[256];
	int fd;
	bool stream;
	struct str line;
	struct err no_socket; /* why there is no connection to this machine's log */
};

static int
open_local(struct syslog *s, struct err *e)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };

	snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", s->conf->socket);
	s->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || connect(s->fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		return err_sys(e, "%s", s->conf->socket);
	return 0;
}

static int
left_ms(const struct syslog *s)
{
	span left = s->until - s->ctx->clk->mono(s->ctx->clk);

	return left <= 0 ? 0 : (int)(left / SPAN_MS) + 1;
}

/* Waits for the event; false with errno at the end of time. */
static bool
ready(const struct syslog *s, short events)
{
	struct pollfd p = { s->fd, events, 0 };

	if (poll(&p, 1, left_ms(s)) > 0)
		return true;
	errno = ETIMEDOUT;
	return false;
}

static int
try_address(struct syslog *s, const struct addrinfo *a)
{
	int error = 0;
	socklen_t len = sizeof(error);

	s->fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return -1;
	if (connect(s->fd, a->ai_addr, a->ai_addrlen) == 0)
		return 0;
	if (errno == EINPROGRESS && ready(s, POLLOUT) &&
	    getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error == 0)
		return 0;
	if (error != 0)
		errno = error;
	error = errno;
	close(s->fd);
	s->fd = -1;
	errno = error;
	return -1;
}

static int
open_remote(struct syslog *s, struct err *e)
{
	const struct addrinfo want = { .ai_socktype = s->stream ? SOCK_STREAM : SOCK_DGRAM };
	struct addrinfo *all = NULL;
	char port[16];
	int rc;

	snprintf(port, sizeof(port), "%d", (int)s->conf->port);
	rc = getaddrinfo(s->conf->server, port, &want, &all);
	if (rc != 0)
		return err_set(
		    e, ERR_ABSENT, "its name could not be looked up (%s)", gai_strerror(rc));
	rc = -1;
	for (const struct addrinfo *a = all; a != NULL && rc < 0; a = a->ai_next)
		rc = try_address(s, a);
	if (rc < 0)
		err_sys(e, "no connection could be made");
	freeaddrinfo(all);
	return rc;
}

static int
write_all(struct syslog *s, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t w = send(s->fd, p, n, MSG_NOSIGNAL);

		if (w < 0 && errno == EAGAIN && ready(s, POLLOUT))
			continue;
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			return -1;
		p += w;
		n -= (size_t)w;
	}
	return 0;
}

static int
send_one(struct syslog *s, const struct letter *l)
{
	instant now = s->ctx->clk->wall(s->ctx->clk);
	char count[16];
	int n;

	if (l->clock_known)
		now = instant_plus(now, span_from_seconds(-l->offset));
	syslog_line(
	    &s->line, s->conf, s->conf->server != NULL ? s->host : NULL, l->event, l->body, now);
	if (!s->stream)
		return write_all(s, s->line.s, s->line.len);
	n = snprintf(count, sizeof(count), "%zu ", s->line.len);
	return write_all(s, count, (size_t)n) < 0 ? -1 : write_all(s, s->line.s, s->line.len);
}

/* There is no answer in this protocol. One that closes after our end has read all; one that stays
 * open has at least taken every byte into its kernel. */
static int
confirm_stream(struct syslog *s)
{
	char rest[256];
	ssize_t n = -1;
	int unsent = 1;

	shutdown(s->fd, SHUT_WR);
	while (ready(s, POLLIN) && (n = recv(s->fd, rest, sizeof(rest), 0)) > 0)
		;
	if (n == 0)
		return 0;
	if (errno != ETIMEDOUT)
		return -1;
	return ioctl(s->fd, SIOCOUTQ, &unsent) == 0 && unsent == 0 ? 0 : -1;
}

static int
confirm_datagram(const struct syslog *s)
{
	struct pollfd p = { s->fd, POLLERR, 0 };
	int error = 0;
	socklen_t len = sizeof(error);

	if (poll(&p, 1, ECHO_WAIT) <= 0 ||
	    getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0 || error == 0)
		return 0;
	errno = error;
	return -1;
}

static void
answer(const struct syslog *s, size_t i, enum post_outcome outcome, const char *why)
{
	char reason[LETTER_REASON_MAX + 1];

	text_clean_buf(reason, sizeof(reason), why, strlen(why));
	s->ctx->answer(s->ctx->self, i, &(struct answer){ .outcome = outcome, .reason = reason });
}

static void
failed(const struct syslog *s, size_t from, const char *what)
{
	struct err e = { 0 };

	err_sys(&e, "%s", what);
	for (size_t i = from; i < s->ctx->n; i++)
		answer(s, i, POST_LATER, e.msg);
}

/* Datagrams stand for themselves. A stream is one thing: all of it was read, or nobody knows. */
static void
send_all(struct syslog *s)
{
	size_t n = s->ctx->n;

	for (size_t i = 0; i < n; i++) {
		bool first = i == 0 && !s->stream && s->conf->server != NULL;

		if (send_one(s, &s->ctx->letters[i]) < 0 || (first && confirm_datagram(s) < 0)) {
			failed(s, s->stream ? 0 : i,
			    s->stream ? BROKE : "the message could not be sent");
			return;
		}
		if (!s->stream)
			answer(s, i, POST_DELIVERED, "sent");
	}
	if (!s->stream)
		return;
	if (confirm_stream(s) < 0) {
		failed(s, 0, BROKE);
		return;
	}
	for (size_t i = 0; i < n; i++)
		answer(s, i, POST_DELIVERED, "taken");
}

static int
prepare(const struct sink_ctx *ctx, const void *conf, void **state, struct err *e)
{
	struct syslog *s = arena_alloc(ctx->arena, sizeof(*s));

	(void)e; /* a log that is away now is there later */
	*state = s;
	s->conf = conf;
	s->ctx = ctx;
	s->fd = -1;
	s->stream = s->conf->server != NULL && strcmp(s->conf->transport, "tcp") == 0;
	str_init(&s->line, 2 * SYSLOG_LINE_MAX);
	if (gethostname(s->host, sizeof(s->host) - 1) < 0 || s->host[0] == '\0')
		snprintf(s->host, sizeof(s->host), "-");
	/* a cell connects to no socket with a name: this one is connected before */
	if (s->conf->server == NULL)
		open_local(s, &s->no_socket);
	return 0;
}

static void
run(const struct sink_ctx *ctx, void *state)
{
	struct syslog *s = state;
	span now = ctx->clk->mono(ctx->clk), left = sink_left(ctx);
	struct err e = s->no_socket;
	int rc = e.code == ERR_NONE ? 0 : -1;

	s->until = now + (left < s->conf->timeout ? left : s->conf->timeout);
	if (s->conf->server != NULL)
		rc = open_remote(s, &e);
	if (rc == 0)
		send_all(s);
	for (size_t i = 0; rc < 0 && i < ctx->n; i++)
		answer(s, i, POST_LATER, e.msg);
}

static void
end(void *state)
{
	struct syslog *s = state;

	if (s != NULL && s->fd >= 0)
		close(s->fd);
}

extern const struct sink_spec syslog_sink;

const struct sink_work syslog_work = {
	.spec = &syslog_sink,
	.prepare = prepare,
	.run = run,
	.end = end,
};
