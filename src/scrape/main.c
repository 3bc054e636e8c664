/* SPDX-License-Identifier: Apache-2.0
 *
 * forewarn-metrics: answers scrapes on a loopback address with what forewarnd says at its control
 * socket. A program of its own, so that the daemon parses no foreign bytes (HTTP is libevent's).
 */
#include "face/options.h"
#include "face/places.h"
#include "tell/control_client.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define PORT 9847
#define ARENA_MAX ((size_t)64 << 20)
#define SCRAPE_HEADERS 8192 /* bytes of a request's header */
#define SCRAPE_BODY 0
#define SCRAPE_SECONDS 10 /* for a request, and for its answer to be read */

struct listener {
	const char *socket;
	struct arena *a;
	struct evbuffer *out;
};

static int
take(void *self, struct frame *f, struct err *e)
{
	struct listener *l = self;
	const char *text;

	if (f->kind != CTL_TEXT)
		return err_set(e, ERR_PARSE, "forewarnd sent a message of kind %u", f->kind);
	if (ctl_get_piece(f, l->a, &text, e) < 0)
		return -1;
	evbuffer_add(l->out, text, strlen(text));
	return 0;
}

static void
scrape(struct evhttp_request *req, void *self)
{
	const struct ctl_request r = { .kind = CTL_METRICS, .until = INSTANT_NONE };
	struct listener *l = self;
	struct err e = { 0 };

	l->a = arena_new(ARENA_MAX);
	l->out = evbuffer_new();
	if (control_ask(l->socket, &r, l->a, take, l, NULL, &e) == 0) {
		evhttp_add_header(evhttp_request_get_output_headers(req), "Content-Type",
		    "application/openmetrics-text; version=1.0.0; charset=utf-8");
		evhttp_send_reply(req, HTTP_OK, "OK", l->out);
	} else {
		fprintf(stderr, "forewarn-metrics: %s\n", e.msg);
		evbuffer_drain(l->out, evbuffer_get_length(l->out));
		evbuffer_add_printf(l->out, "%s\n", e.msg);
		evhttp_send_reply(req, HTTP_SERVUNAVAIL, "forewarnd does not answer", l->out);
	}
	evbuffer_free(l->out);
	arena_free(l->a);
}

static void
on_signal(evutil_socket_t fd, short what, void *base)
{
	(void)fd;
	(void)what;
	event_base_loopbreak(base);
}

static int
serve(struct listener *l, const char *address, ev_uint16_t port)
{
	struct event_base *base = event_base_new();
	struct evhttp *http = evhttp_new(base);
	struct event *term = evsignal_new(base, SIGTERM, on_signal, base);
	struct event *stop = evsignal_new(base, SIGINT, on_signal, base);
	int rc = 0;

	event_add(term, NULL);
	event_add(stop, NULL);
	evhttp_set_allowed_methods(http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
	evhttp_set_max_headers_size(http, SCRAPE_HEADERS);
	evhttp_set_max_body_size(http, SCRAPE_BODY);
	evhttp_set_timeout(http, SCRAPE_SECONDS);
	evhttp_set_cb(http, "/metrics", scrape, l);
	if (evhttp_bind_socket(http, address, port) == 0) {
		fprintf(
		    stderr, "forewarn-metrics: listening at http://%s:%u/metrics\n", address, port);
		event_base_dispatch(base);
	} else {
		fprintf(stderr, "forewarn-metrics: %s:%u cannot be listened at\n", address, port);
		rc = EX_UNAVAILABLE;
	}
	evhttp_free(http);
	event_free(term);
	event_free(stop);
	event_base_free(base);
	return rc;
}

static int
run(struct arena *a, int argc, char **argv)
{
	const struct call *call = face_of("forewarn-metrics", NULL);
	struct listener l = { .socket = place_socket(a) };
	const char *address = "127.0.0.1";
	long port = PORT;
	int opt;

	while ((opt = face_next(call, argc, argv)) != -1)
		switch (opt) {
		case 'a':
			address = optarg;
			break;
		case 'p':
			port = strtol(optarg, NULL, 10);
			break;
		case 's':
			l.socket = optarg;
			break;
		case 'h':
			return face_help(call);
		case 'V':
			puts("forewarn-metrics " FOREWARN_VERSION);
			return 0;
		default:
			return EX_USAGE;
		}
	if (optind < argc || port < 1 || port > 65535) {
		fprintf(stderr, "forewarn-metrics: --port is 1 to 65535, and no more words\n");
		return EX_USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	return serve(&l, address, (ev_uint16_t)port);
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new(65536);
	int rc = run(a, argc, argv);

	arena_free(a);
	return rc;
}
