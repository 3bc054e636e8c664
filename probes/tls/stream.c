/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns one connection and the waiting for it.
 */
#include "probes/tls/stream.h"

#include "probes/net/address.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_MS 1000000LL
#define NS_S 1000000000LL
#define OTHERS_WAIT (2 * NS_S) /* for one address, while the name has another one */

int64_t
stream_mono(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
}

void
stream_init(struct stream *s)
{
	*s = (struct stream){ .fd = -1 };
}

__attribute__((format(printf, 2, 3))) static bool
failed(struct stream *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(s->why, sizeof(s->why), fmt, ap);
	va_end(ap);
	return false;
}

static bool
wait_until(struct stream *s, short events, int64_t until)
{
	struct pollfd p = { .fd = s->fd, .events = events };

	for (;;) {
		int64_t left = until - stream_mono();
		struct timespec t = { left / NS_S, left % NS_S };

		if (left <= 0)
			return failed(s, "gave no answer in time");
		if (ppoll(&p, 1, &t, NULL) > 0)
			return true;
		if (errno != EINTR && errno != 0 && stream_mono() < until)
			return failed(s, "cannot be waited for (%s)", strerror(errno));
	}
}

static bool
connect_to(struct stream *s, const struct net_address *a, int64_t until)
{
	int on = 1, error = 0;
	socklen_t len = sizeof(error);

	s->fd = socket(a->u.sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return failed(s, "cannot be asked (%s)", strerror(errno));
	setsockopt(s->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(s->fd, &a->u.sa, a->len) < 0) {
		if (errno != EINPROGRESS)
			return failed(s, "does not answer (%s)", strerror(errno));
		if (!wait_until(s, POLLOUT, until))
			return false;
		if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0 || error != 0)
			return failed(s, "does not answer (%s)", strerror(error));
	}
	s->to = *a;
	return true;
}

bool
stream_open(struct stream *s, const char *host, uint16_t port, int family)
{
	const struct resolver_terms terms = { family, SOCK_STREAM, 1 };
	struct resolved found = { .n = 0 };
	char text[8];

	snprintf(text, sizeof(text), "%u", port);
	if (net_address_parse(host, port, &found.v[0]))
		found.n = 1;
	else
		resolve_now(&terms, host, text, &found);
	if (found.error != 0)
		return failed(s, "has no address (%s)", gai_strerror(found.error));
	failed(s, "has no address");
	for (size_t i = 0; i < found.n; i++) {
		int64_t until = stream_mono() + OTHERS_WAIT;

		if (connect_to(
			s, &found.v[i], i + 1 < found.n && until < s->until ? until : s->until)) {
			s->why[0] = '\0';
			return true;
		}
		if (s->fd >= 0)
			close(s->fd);
		s->fd = -1;
	}
	return false;
}

/* A call of OpenSSL that returned r: true when it is to be called again. */
static bool
again(struct stream *s, int r)
{
	unsigned long code;

	switch (SSL_get_error(s->ssl, r)) {
	case SSL_ERROR_WANT_READ:
		return wait_until(s, POLLIN, s->until);
	case SSL_ERROR_WANT_WRITE:
		return wait_until(s, POLLOUT, s->until);
	case SSL_ERROR_ZERO_RETURN:
		return failed(s, "ended the connection");
	default:
		code = ERR_peek_last_error();
		if (code != 0)
			return failed(s, "cannot be spoken to safely (%s)",
			    ERR_reason_error_string(code) != NULL ? ERR_reason_error_string(code)
								  : "no reason is given");
		return failed(s, "broke the connection off");
	}
}

static void
acknowledge_at_once(const struct stream *s)
{
	int on = 1;

	/* the kernel forgets it after some answers */
	setsockopt(s->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof(on));
}

bool
stream_secure(struct stream *s, SSL_CTX *ctx, const char *name, void *own)
{
	struct net_address address;
	int r;

	s->ssl = SSL_new(ctx);
	if (s->ssl == NULL || SSL_set_fd(s->ssl, s->fd) != 1)
		return failed(s, "cannot be spoken to safely (no memory)");
	SSL_set_app_data(s->ssl, own);
	if (net_address_parse(name, 0, &address))
		X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(s->ssl), name);
	else if (SSL_set1_host(s->ssl, name) == 1)
		SSL_set_tlsext_host_name(s->ssl, name);
	else
		return failed(s, "cannot be spoken to safely (its name)");
	for (;;) {
		acknowledge_at_once(s);
		ERR_clear_error();
		r = SSL_connect(s->ssl);
		if (r == 1)
			return true;
		if (!again(s, r))
			return false;
	}
}

bool
stream_write(struct stream *s, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t w;

		if (s->ssl != NULL) {
			ERR_clear_error();
			w = SSL_write(s->ssl, p, (int)n);
			if (w <= 0 && !again(s, (int)w))
				return false;
		} else {
			w = send(s->fd, p, n, MSG_NOSIGNAL);
			if (w < 0 && errno != EAGAIN && errno != EINTR)
				return failed(s, "broke the connection off (%s)", strerror(errno));
			if (w < 0 && !wait_until(s, POLLOUT, s->until))
				return false;
		}
		if (w > 0) {
			p += w;
			n -= (size_t)w;
		}
	}
	return true;
}

static long
read_secure(struct stream *s, void *bytes, size_t n)
{
	for (;;) {
		int r;

		acknowledge_at_once(s);
		ERR_clear_error();
		r = SSL_read(s->ssl, bytes, (int)n);
		if (r > 0)
			return r;
		if (SSL_get_error(s->ssl, r) == SSL_ERROR_ZERO_RETURN)
			return 0;
		if (!again(s, r))
			return -1;
	}
}

long
stream_read(struct stream *s, void *bytes, size_t n)
{
	if (s->ssl != NULL)
		return read_secure(s, bytes, n);
	for (;;) {
		ssize_t r;

		acknowledge_at_once(s);
		r = recv(s->fd, bytes, n, 0);
		if (r >= 0)
			return r;
		if (errno != EAGAIN && errno != EINTR) {
			failed(s, "broke the connection off (%s)", strerror(errno));
			return -1;
		}
		if (!wait_until(s, POLLIN, s->until))
			return -1;
	}
}

bool
stream_has_more(const struct stream *s)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };

	return (s->ssl != NULL && SSL_pending(s->ssl) > 0) || poll(&p, 1, 0) != 0;
}

void
stream_close(struct stream *s)
{
	SSL_free(s->ssl);
	if (s->fd >= 0)
		close(s->fd);
	s->ssl = NULL;
	s->fd = -1;
}
