/* SPDX-License-Identifier: Apache-2.0
 *
 * hookd: a receiver that answers as a script says. usage: hookd [option value]...
 *   -a SCRIPT  answers in turn, one a line, the last again and again; without it 200
 *   -o FILE    every request is appended: first line, headers, empty line, body, a line "----"
 *   -c FILE -k FILE   certificate chain and key: TLS      -m 1.1   the newest TLS it speaks
 *   -C FILE    asks for a client certificate of these authorities
 *   -s SECRET  refuses with 401 what is not signed (v1) with it, or stamped over 300 s off
 *   -p PORT    the port; without it any
 *   -l         the script begins again after its last answer
 *   -n         the log says after each first line when, and what was answered: a line "Stamp:
 *              NANOSECONDS STATUS", of CLOCK_MONOTONIC; status 0 for an answer that never comes
 *   -t SECONDS its own clock is so far ahead of this machine's
 * Prints its port. What a script line may say stands in tests/hook_script.h.
 */
#include "tests/hook_script.h"

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ANSWERS_MAX 1000
#define TOLERANCE 300 /* s, of Standard Webhooks */

static struct {
	struct event_base *base;
	struct scripted_answer answers[ANSWERS_MAX];
	int n, at;
	FILE *log;
	SSL_CTX *tls;
	unsigned char key[72];
	int nkey;
	long ahead;
	uint16_t port; /* 0: any */
	bool loop, stamped;
} h;

struct reply {
	struct evhttp_request *req;
	struct evhttp_connection *con;
	struct scripted_answer a;
	struct evbuffer *raw;
};

static void
read_script(const char *path)
{
	FILE *f = fopen(path, "re");
	char line[4096];

	if (f == NULL)
		exit(66);
	while (h.n < ANSWERS_MAX && fgets(line, sizeof(line), f) != NULL)
		script_parse(line, &h.answers[h.n++]);
	fclose(f);
}

static void
record(struct evhttp_request *req, const struct scripted_answer *a)
{
	struct timespec now;
	struct evbuffer *in = evhttp_request_get_input_buffer(req);
	struct evkeyval *kv;

	if (h.log == NULL)
		return;
	fprintf(h.log, "POST %s\n", evhttp_request_get_uri(req));
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (h.stamped)
		fprintf(h.log, "Stamp: %lld %d\n", (long long)now.tv_sec * 1000000000 + now.tv_nsec,
		    a->silent || a->cut >= 0 ? 0 : a->status);
	for (kv = evhttp_request_get_input_headers(req)->tqh_first; kv != NULL;
	     kv = kv->next.tqe_next)
		fprintf(h.log, "%s: %s\n", kv->key, kv->value);
	fputc('\n', h.log);
	if (evbuffer_get_length(in) > 0) /* of nothing there is no place */
		fwrite(evbuffer_pullup(in, -1), 1, evbuffer_get_length(in), h.log);
	fputs("\n----\n", h.log);
	fflush(h.log);
}

/* One of the signatures, separated by spaces, is this one, whole. */
static bool
has_signature(const char *list, const char *want)
{
	size_t n = strlen(want);

	for (const char *p = list; p != NULL; p = strchr(p, ' ')) {
		p += strspn(p, " ");
		if (strcspn(p, " ") == n && memcmp(p, want, n) == 0)
			return true;
		if (*p == '\0')
			break;
	}
	return false;
}

/* As a receiver of Standard Webhooks does it; held against tests/data/webhook/verify.json. */
static bool
is_genuine(struct evhttp_request *req)
{
	struct evkeyvalq *hs = evhttp_request_get_input_headers(req);
	const char *id = evhttp_find_header(hs, "webhook-id");
	const char *stamp = evhttp_find_header(hs, "webhook-timestamp");
	const char *sig = evhttp_find_header(hs, "webhook-signature");
	struct evbuffer *in = evhttp_request_get_input_buffer(req);
	struct evbuffer *msg;
	unsigned char mac[32];
	char want[64] = "v1,";
	unsigned n = 0;

	if (id == NULL || stamp == NULL || sig == NULL || stamp[0] == '\0' ||
	    stamp[strspn(stamp, "0123456789")] != '\0' ||
	    labs(atol(stamp) - (time(NULL) + h.ahead)) > TOLERANCE)
		return false;
	msg = evbuffer_new();
	evbuffer_add_printf(msg, "%s.%s.", id, stamp);
	evbuffer_add(msg, evbuffer_pullup(in, -1), evbuffer_get_length(in));
	HMAC(EVP_sha256(), h.key, h.nkey, evbuffer_pullup(msg, -1), evbuffer_get_length(msg), mac,
	    &n);
	EVP_EncodeBlock((unsigned char *)want + 3, mac, 32);
	evbuffer_free(msg);
	return has_signature(sig, want);
}

static void
http_date(long off, char *buf, size_t size)
{
	time_t t = time(NULL) + h.ahead + off;
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(buf, size, "%a, %d %b %Y %H:%M:%S GMT", &tm);
}

/* The whole answer as bytes, for those that do not end well. */
static struct evbuffer *
raw_answer(const struct scripted_answer *a)
{
	struct evbuffer *b = evbuffer_new();
	char date[64];

	http_date(a->date, date, sizeof(date));
	evbuffer_add_printf(b, "HTTP/1.1 %d Scripted\r\n", a->status);
	if (!a->nodate)
		evbuffer_add_printf(b, "Date: %s\r\n", date);
	for (int i = 0; i < a->nextra; i++)
		evbuffer_add_printf(b, "%s\r\n", a->extra[i]);
	for (long i = 0; i < a->headers; i += 100)
		evbuffer_add_printf(b, "X-Filler-%ld: %080d\r\n", i, 0);
	evbuffer_add_printf(b, "Content-Length: %ld\r\n\r\n", a->body);
	for (long i = 0; i < a->body; i++)
		evbuffer_add(b, "b", 1);
	return b;
}

/* Straight to the socket, past evhttp's own idea of an answer. */
static void
push(struct reply *r, size_t n)
{
	struct bufferevent *bev = evhttp_connection_get_bufferevent(r->con);
	SSL *ssl = h.tls != NULL ? bufferevent_openssl_get_ssl(bev) : NULL;
	size_t have = evbuffer_get_length(r->raw);
	unsigned char *p = evbuffer_pullup(r->raw, -1);

	if (n > have)
		n = have;
	if (n > 0 && ssl != NULL)
		(void)!SSL_write(ssl, p, (int)n);
	else if (n > 0)
		(void)!send(bufferevent_getfd(bev), p, n, MSG_NOSIGNAL);
	evbuffer_drain(r->raw, n);
}

static void
end_connection(struct reply *r)
{
	struct linger now = { 1, 0 };

	if (r->a.reset)
		setsockopt(bufferevent_getfd(evhttp_connection_get_bufferevent(r->con)), SOL_SOCKET,
		    SO_LINGER, &now, sizeof(now));
	evhttp_connection_free(r->con);
	evbuffer_free(r->raw);
	free(r);
}

static void
tick(evutil_socket_t fd, short what, void *self)
{
	struct timeval soon = { 0, 50000 };
	struct reply *r = self;

	(void)fd;
	(void)what;
	/* it left */
	if (evhttp_request_get_connection(r->req) == NULL)
		return;
	if (!r->a.drip) {
		push(r, r->a.cut >= 0 ? (size_t)r->a.cut : evbuffer_get_length(r->raw));
		end_connection(r);
		return;
	}
	push(r, 1);
	event_base_once(h.base, -1, EV_TIMEOUT, tick, r, &soon);
}

static void
send_good(evutil_socket_t fd, short what, void *self)
{
	struct reply *r = self;
	struct evkeyvalq *out = evhttp_request_get_output_headers(r->req);
	struct evbuffer *body = evbuffer_new();
	char date[64];

	(void)fd;
	(void)what;
	http_date(r->a.date, date, sizeof(date));
	evhttp_add_header(out, "Date", date);
	for (int i = 0; i < r->a.nextra; i++) {
		char *value = strchr(r->a.extra[i], ':');

		*value++ = '\0';
		evhttp_add_header(out, r->a.extra[i], value + strspn(value, " "));
	}
	for (long i = 0; i < r->a.body; i++)
		evbuffer_add(body, "b", 1);
	evbuffer_add(body, r->a.say, strlen(r->a.say));
	evhttp_send_reply(r->req, r->a.status, "Scripted", body);
	evbuffer_free(body);
	free(r);
}

static struct scripted_answer
next_answer(void)
{
	struct scripted_answer a = h.answers[h.at];

	if (h.at < h.n - 1)
		h.at++;
	else if (h.loop)
		h.at = 0;
	return a;
}

static void
on_request(struct evhttp_request *req, void *self)
{
	struct reply *r = calloc(1, sizeof(*r));
	struct timeval wait;
	bool odd;

	(void)self;
	if (r == NULL)
		exit(71);
	r->req = req;
	r->con = evhttp_request_get_connection(req);
	r->a = (struct scripted_answer){ .status = 200, .cut = -1 };
	if (h.nkey > 0 && !is_genuine(req))
		r->a.status = 401;
	else if (h.n > 0)
		r->a = next_answer();
	record(req, &r->a);
	if (r->a.silent)
		return;
	odd = r->a.cut >= 0 || r->a.drip || r->a.nodate || r->a.headers > 0;
	if (odd)
		r->raw = raw_answer(&r->a);
	wait = (struct timeval){ r->a.delay / 1000, r->a.delay % 1000 * 1000 };
	if (odd || r->a.delay > 0)
		event_base_once(h.base, -1, EV_TIMEOUT, odd ? tick : send_good, r, &wait);
	else
		send_good(-1, 0, r);
}

static struct bufferevent *
on_tls(struct event_base *base, void *self)
{
	(void)self;
	return bufferevent_openssl_socket_new(base, -1, SSL_new(h.tls), BUFFEREVENT_SSL_ACCEPTING,
	    BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
}

static void
set_tls(const char *cert, const char *key, const char *newest, const char *clients)
{
	h.tls = SSL_CTX_new(TLS_server_method());
	if (newest != NULL) {
		SSL_CTX_set_min_proto_version(h.tls, TLS1_VERSION);
		SSL_CTX_set_cipher_list(h.tls, "ALL:@SECLEVEL=0");
		SSL_CTX_set_max_proto_version(
		    h.tls, strcmp(newest, "1.1") == 0 ? TLS1_1_VERSION : TLS1_2_VERSION);
	}
	if (clients != NULL) {
		SSL_CTX_load_verify_locations(h.tls, clients, NULL);
		SSL_CTX_set_verify(h.tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	}
	if (SSL_CTX_use_certificate_chain_file(h.tls, cert) != 1 ||
	    SSL_CTX_use_PrivateKey_file(h.tls, key, SSL_FILETYPE_PEM) != 1) {
		ERR_print_errors_fp(stderr);
		exit(66);
	}
}

static void
set_secret(const char *text)
{
	int n = (int)strlen(text += strncmp(text, "whsec_", 6) == 0 ? 6 : 0);

	if (n > 88 || (h.nkey = EVP_DecodeBlock(h.key, (const unsigned char *)text, n)) < 0)
		exit(64);
	for (; n > 0 && text[n - 1] == '='; n--)
		h.nkey--;
}

static void
serve(void)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
		.sin_port = htons(h.port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct evhttp *http = evhttp_new(h.base);
	struct evconnlistener *l = evconnlistener_new_bind(h.base, NULL, NULL,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, 512, (struct sockaddr *)&sin, sizeof(sin));
	socklen_t len = sizeof(sin);
	int on = 1;

	if (http == NULL || l == NULL)
		exit(71);
	/* accepted sockets inherit it: with TLS each request would else wait 44 ms */
	setsockopt(evconnlistener_get_fd(l), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	getsockname(evconnlistener_get_fd(l), (struct sockaddr *)&sin, &len);
	if (h.tls != NULL)
		evhttp_set_bevcb(http, on_tls, NULL);
	evhttp_set_max_body_size(http, 1 << 20);
	evhttp_set_gencb(http, on_request, NULL);
	evhttp_bind_listener(http, l);
	printf("%d\n", ntohs(sin.sin_port));
	fflush(stdout);
	event_base_dispatch(h.base);
}

int
main(int argc, char **argv)
{
	const char *cert = NULL, *key = NULL, *newest = NULL, *clients = NULL;
	int c;

	signal(SIGPIPE, SIG_IGN);
	h.base = event_base_new();
	while ((c = getopt(argc, argv, "a:o:c:k:m:C:s:t:p:ln")) != -1) {
		switch (c) {
		case 'a':
			read_script(optarg);
			break;
		case 'o':
			h.log = fopen(optarg, "ae");
			break;
		case 's':
			set_secret(optarg);
			break;
		case 'p':
			h.port = (uint16_t)atoi(optarg);
			break;
		case 'l':
			h.loop = true;
			break;
		case 'n':
			h.stamped = true;
			break;
		case 't':
			h.ahead = atol(optarg);
			break;
		default:
			*(c == 'c'     ? &cert
			    : c == 'k' ? &key
			    : c == 'm' ? &newest
				       : &clients) = optarg;
		}
	}
	if (cert != NULL)
		set_tls(cert, key, newest, clients);
	serve();
	return 0;
}
