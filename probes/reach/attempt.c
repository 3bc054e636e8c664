/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the tries of one place: over TCP, TLS, HTTP, or to a resolver.
 */
#include "attempt.h"

#include "dns.h"
#include "http.h"

#include "probes/tls/stream.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE (5 * 1000000000LL) /* with one try, ns */
#define GAP (1 * 1000000000LL)      /* between tries */
#define NS_MS 1000000LL

__attribute__((format(printf, 3, 4))) static bool
failed(struct attempt *a, enum attempt_kind kind, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(a->why, sizeof(a->why), fmt, ap);
	va_end(ap);
	a->kind = kind;
	return false;
}

static bool
odd(struct attempt *a, const char *finding, const char *text)
{
	a->finding = finding;
	return failed(a, ATTEMPT_ODD, "%s", text);
}

/* ---- over TCP */

static bool
by_errno(struct attempt *a, int error)
{
	enum attempt_kind kind = error == ENETUNREACH || error == ENETDOWN      ? ATTEMPT_LINE
				 : error == ECONNREFUSED || error == ECONNRESET ? ATTEMPT_THEIRS
										: ATTEMPT_UNREACHED;

	return failed(a, kind, "does not answer (%s)", strerror(error));
}

static bool
looked_up(struct attempt *a, struct resolved *found)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_STREAM, 1 };
	char port[8];

	*found = (struct resolved){ .n = 0 };
	if (net_address_parse(a->target->at.host, a->target->at.port, &found->v[0])) {
		found->n = 1;
		return true;
	}
	snprintf(port, sizeof(port), "%u", a->target->at.port);
	resolve_now(&terms, a->target->at.host, port, found);
	if (found->error == EAI_AGAIN)
		return failed(a, ATTEMPT_LINE, "has no address now: no resolver answers");
	if (found->error != 0 || found->n == 0)
		return failed(a, ATTEMPT_THEIRS, "has no address (%s)",
		    found->error != 0 ? gai_strerror(found->error) : "there is none");
	return true;
}

static bool
connect_one(struct attempt *a, struct stream *s, const struct net_address *to)
{
	struct pollfd p = { .events = POLLOUT };
	int error = 0;
	socklen_t len = sizeof(error);

	s->fd = p.fd = socket(to->u.sa.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p.fd < 0)
		return by_errno(a, errno);
	if (connect(p.fd, &to->u.sa, to->len) < 0) {
		int64_t left = s->until - stream_mono();

		if (errno != EINPROGRESS)
			error = errno;
		else if (left <= 0 || poll(&p, 1, (int)(left / NS_MS) + 1) <= 0)
			error = ETIMEDOUT;
		else if (getsockopt(p.fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
			error = errno;
	}
	if (error == 0)
		return true;
	close(s->fd);
	s->fd = -1;
	return by_errno(a, error);
}

/* To the first of its addresses that takes a connection. */
static bool
connected(struct attempt *a, struct stream *s)
{
	int64_t end = s->until;
	struct resolved found;

	if (!looked_up(a, &found))
		return false;
	for (size_t i = 0; i < found.n; i++) {
		s->until = stream_mono() + (end - stream_mono()) / (int64_t)(found.n - i);
		if (connect_one(a, s, &found.v[i])) {
			s->until = end;
			return true;
		}
	}
	return false;
}

/* Whose certificate it shows; whether it is in order is the probe cert's business. */
static bool
is_itself(struct attempt *a, struct stream *s)
{
	X509 *x = SSL_get1_peer_certificate(s->ssl);
	bool own = x != NULL && (X509_check_host(x, a->target->at.host, 0, 0, NULL) == 1 ||
				    X509_check_ip_asc(x, a->target->at.host, 0) == 1);

	X509_free(x);
	return own || odd(a, "certificate",
			  "shows a certificate of another name, so that something "
			  "else may answer in its place");
}

static bool
judged(struct attempt *a, const struct attempt_terms *t, const char *data, size_t n)
{
	struct http_answer h;

	switch (http_read(data, n, a->target, &t->conf->redirects, t->conf->words, &h)) {
	case HTTP_FINE:
		return true;
	case HTTP_NOT:
		return failed(a, ATTEMPT_THEIRS, "does not answer as a web server does");
	case HTTP_SERVER:
		return failed(a, ATTEMPT_THEIRS, "answers that it fails (status %d)", h.status);
	case HTTP_STATUS:
		a->finding = "status";
		return failed(a, ATTEMPT_ODD, "refuses what was asked for (status %d)", h.status);
	case HTTP_ELSEWHERE:
		a->finding = "elsewhere";
		return failed(a, ATTEMPT_ODD, "sends to another machine, %.80s", h.to);
	case HTTP_WORDS:
	default:
		return odd(a, "words", "answers without the words that it must have");
	}
}

static bool
web(struct attempt *a, const struct attempt_terms *t, struct stream *s)
{
	const struct reach_target *g = a->target;
	bool v6 = strchr(g->at.host, ':') != NULL;
	char question[WRITTEN_HOST_MAX + WRITTEN_PATH_MAX + 160];
	char *room = malloc(REACH_ANSWER_MAX);
	size_t n = 0;
	long r = 0;
	bool good;

	/* HTTP/1.0: the answer comes in one piece, and its end is the end */
	snprintf(question, sizeof(question),
	    "GET %s HTTP/1.0\r\nHost: %s%s%s:%u\r\nUser-Agent: forewarn\r\nAccept: */*\r\n\r\n",
	    g->at.path, v6 ? "[" : "", g->at.host, v6 ? "]" : "", g->at.port);
	if (room == NULL)
		return failed(a, ATTEMPT_LINE, "could not be asked: no memory");
	s->why[0] = '\0';
	if (stream_write(s, question, strlen(question)))
		while (n < REACH_ANSWER_MAX &&
		       (r = stream_read(s, room + n, REACH_ANSWER_MAX - n)) > 0)
			n += (size_t)r;
	good = n > 0 ? judged(a, t, room, n)
		     : failed(a, ATTEMPT_THEIRS, "%s", s->why[0] != '\0' ? s->why : "says nothing");
	free(room);
	return good;
}

static bool
over_tcp(struct attempt *a, const struct attempt_terms *t, int64_t until)
{
	struct stream s;
	bool good;

	stream_init(&s);
	s.until = until;
	good = connected(a, &s);
	if (good && a->target->way == REACH_HTTPS) {
		good = stream_secure(&s, t->tls, a->target->at.host, NULL);
		good = good ? is_itself(a, &s) : failed(a, ATTEMPT_THEIRS, "%s", s.why);
	}
	if (good && a->target->way != REACH_TCP)
		good = web(a, t, &s);
	stream_close(&s);
	return good;
}

/* ---- to a resolver */

static bool
dns_says(struct attempt *a, enum dns_says says)
{
	switch (says) {
	case DNS_FINE:
	case DNS_NO_DATA:
		return true;
	case DNS_NO_NAME:
		return odd(a, "no-name", "is a name that does not exist, says the resolver");
	case DNS_REFUSED:
		return failed(a, ATTEMPT_THEIRS, "is not looked up by the resolver, which refuses");
	case DNS_FAILED:
	case DNS_NOT:
	default:
		return failed(a, ATTEMPT_THEIRS, "could not be looked up by the resolver");
	}
}

static bool
asked(struct attempt *a, int fd, int64_t until)
{
	uint8_t question[DNS_QUESTION_MAX], answer[DNS_ANSWER_MAX];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint16_t id = 0;
	enum dns_says says = DNS_NOT;
	size_t n;

	if (getrandom(&id, sizeof(id), 0) != sizeof(id) ||
	    (n = dns_question(question, a->target->at.host, id)) == 0)
		return failed(a, ATTEMPT_LINE, "is no name that can be looked up");
	if (send(fd, question, n, MSG_NOSIGNAL) < 0)
		return by_errno(a, errno);
	while (says == DNS_NOT) {
		int64_t left = until - stream_mono();
		ssize_t r;

		if (left <= 0 || poll(&p, 1, (int)(left / NS_MS) + 1) <= 0)
			return failed(
			    a, ATTEMPT_UNREACHED, "is not looked up: the resolver is silent");
		r = recv(fd, answer, sizeof(answer), 0);
		if (r < 0)
			return by_errno(a, errno);
		says = dns_answer(question, n, answer, (size_t)r);
	}
	return dns_says(a, says);
}

static bool
over_dns(struct attempt *a, int64_t until)
{
	struct net_address to;
	struct resolved found;
	bool good;
	int fd;

	if (a->resolver == NULL)
		return looked_up(a, &found);
	if (!net_address_parse(a->resolver->at.host, a->resolver->at.port, &to))
		return failed(a, ATTEMPT_LINE, "has a resolver that is no address");
	fd = socket(to.u.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return by_errno(a, errno);
	good = connect(fd, &to.u.sa, to.len) == 0 ? asked(a, fd, until) : by_errno(a, errno);
	close(fd);
	return good;
}

/* ---- all tries */

static bool
try_once(struct attempt *a, const struct attempt_terms *t)
{
	int64_t begun = stream_mono();
	int64_t until = begun + PATIENCE < t->until ? begun + PATIENCE : t->until;
	bool good;

	a->tries++;
	good = a->target->way == REACH_DNS ? over_dns(a, until) : over_tcp(a, t, until);
	if (good)
		a->took = stream_mono() - begun;
	else
		a->bad++;
	return good;
}

bool
attempt_recorded(struct attempt *a, const char *line)
{
	static const char *const kinds[ATTEMPT_KIND_N] = { "fine", "line", "unreached", "theirs",
		"" };
	char url[WRITTEN_HOST_MAX + WRITTEN_PATH_MAX], kind[16];
	double seconds;
	int used = 0, k = 0;

	if (sscanf(line, "%700s %15s %lf %n", url, kind, &seconds, &used) != 3 ||
	    strcmp(url, a->target->at.url) != 0)
		return false;
	while (k < ATTEMPT_ODD && strcmp(kind, kinds[k]) != 0)
		k++;
	a->kind = (enum attempt_kind)k;
	a->good = k == ATTEMPT_FINE;
	a->took = a->good ? (int64_t)(seconds * 1e9) : 0;
	a->tries = a->good ? 1 : ATTEMPT_TRIES;
	a->bad = a->good ? 0 : ATTEMPT_TRIES;
	static const char *const odd_ones[] = { "status", "elsewhere", "words", "certificate",
		"no-name" };
	for (size_t i = 0; k == ATTEMPT_ODD && i < sizeof(odd_ones) / sizeof(odd_ones[0]); i++)
		if (strcmp(kind, odd_ones[i]) == 0)
			a->finding = odd_ones[i];
	snprintf(a->why, sizeof(a->why), "%.*s", (int)strcspn(line + used, "\n"), line + used);
	return k != ATTEMPT_ODD || a->finding != NULL;
}

static void
replay(struct attempt *a, const char *path)
{
	FILE *f = fopen(path, "re");
	char line[1024];
	bool found = false;

	while (f != NULL && !found && fgets(line, sizeof(line), f) != NULL)
		found = attempt_recorded(a, line);
	if (f != NULL)
		fclose(f);
	if (!found)
		failed(a, ATTEMPT_UNREACHED, "is not in what was recorded");
}

/* One good try is enough where it is the first; else most of three count. */
void
attempt(struct attempt *a, const struct attempt_terms *t)
{
	const struct timespec gap = { GAP / 1000000000LL, GAP % 1000000000LL };

	if (t->replay != NULL) {
		replay(a, t->replay);
		a->done = true;
		return;
	}
	a->good = try_once(a, t);
	while (a->bad > 0 && a->tries < ATTEMPT_TRIES && a->bad < 2 &&
	       stream_mono() + GAP < t->until) {
		nanosleep(&gap, NULL);
		try_once(a, t);
	}
	a->good = a->tries - a->bad > a->bad || a->bad == 0;
	if (a->good)
		a->kind = ATTEMPT_FINE;
	a->done = true;
}
