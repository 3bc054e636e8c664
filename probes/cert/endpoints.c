/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the half of a run that talks to TLS servers, several at a time.
 */
#include "probes/cert/cert.h"
#include "probes/cert/chain.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define IN_FLIGHT_MAX 64
#define RESOLVE_THREADS 8
#define PATIENCE (5 * SPAN_S)  /* with one endpoint, at most */
#define MARGIN (400 * SPAN_MS) /* kept for handing over what there is */
#define ENDPOINT_ARENA_MAX ((size_t)256 << 20)

#define HIDES "the end date of its certificate is unknown"

_Static_assert(CERT_HOST_MAX - 1 <= NET_NAME_MAX, "a configured name can be looked up");

struct endpoints_run {
	struct cert_run *run;
	struct arena *arena; /* of this half of the run */
	struct talk *talks;
	size_t n, begun;
	SSL_CTX *ctx;
	X509_STORE *store; /* NULL without trust */
	struct resolver *resolver;
};

static span
mono(const struct endpoints_run *s)
{
	return s->run->ctx->clk->mono(s->run->ctx->clk);
}

/* The rest of the time, shared among the waves that are still to come. */
static span
patience(const struct endpoints_run *s)
{
	span left = probe_left(s->run->ctx) - MARGIN;
	size_t waves = (s->n - s->begun + IN_FLIGHT_MAX - 1) / IN_FLIGHT_MAX + 1;
	span own = s->n <= IN_FLIGHT_MAX ? left : left / (span)waves;

	return own < PATIENCE ? own : PATIENCE;
}

static void
begin(struct endpoints_run *s, struct talk *t)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_STREAM, RESOLVE_THREADS };
	uint16_t port = (uint16_t)strtoul(t->ep.port, NULL, 10);
	span time = patience(s);

	if (t->state == TALK_DONE)
		return;
	if (time <= 0) {
		talk_end(t, "the time for this check ended before its turn", s->arena);
		return;
	}
	t->until = mono(s) + time;
	if (t->ep.numeric && net_address_parse(t->ep.host, port, &t->addr[0])) {
		t->naddr = 1;
		talk_start(t, s->arena);
		return;
	}
	t->state = TALK_RESOLVE;
	if (s->resolver == NULL)
		s->resolver = resolver_new(&terms);
	if (s->resolver == NULL ||
	    !resolver_ask(s->resolver, (size_t)(t - s->talks), t->ep.host, port))
		talk_end(t, "its name could not be looked up: no thread", s->arena);
}

static void
take_names(struct endpoints_run *s)
{
	struct resolved r;

	while (s->resolver != NULL && resolver_take(s->resolver, &r)) {
		struct talk *t = &s->talks[r.owner];

		if (t->state != TALK_RESOLVE)
			continue;
		if (r.error != 0 || r.n == 0) {
			talk_end(t,
			    arena_printf(s->arena, "its name is not found (%s)",
				r.error != 0 ? gai_strerror(r.error) : "no address"),
			    s->arena);
			continue;
		}
		memcpy(t->addr, r.v, sizeof(t->addr));
		t->naddr = r.n;
		talk_start(t, s->arena);
	}
}

static const char *
too_late(const struct talk *t)
{
	switch (t->state) {
	case TALK_RESOLVE:
		return "its name was not looked up in time";
	case TALK_CONNECT:
		return "no connection in time";
	case TALK_PLAIN:
	case TALK_TLS:
		return "it took the connection and then said nothing in time";
	case TALK_IDLE:
	case TALK_DONE:
		break;
	}
	return "no answer in time";
}

/* An address that swallows everything must not cost the next one its chance. */
static span
limit_of(struct talk *t, span now)
{
	if (t->state == TALK_CONNECT && t->addr_until == 0)
		t->addr_until = now + (t->until - now) / (span)(t->naddr - t->at);
	return t->state == TALK_CONNECT && t->addr_until < t->until ? t->addr_until : t->until;
}

static void
expire(struct endpoints_run *s, struct talk *t, span now)
{
	if (t->state == TALK_DONE || now < limit_of(t, now))
		return;
	if (t->state == TALK_CONNECT && t->at + 1 < t->naddr && now < t->until) {
		close(t->fd);
		t->at++;
		talk_start(t, s->arena);
	} else
		talk_end(t, too_late(t), s->arena);
}

static void
settle(struct endpoints_run *s, struct talk *t)
{
	if (s->store != NULL && t->chain != NULL)
		chain_verify(t, s->store, s->run->now, s->arena);
	sk_X509_pop_free(t->chain, X509_free);
	t->chain = NULL;
}

static void
turn(struct endpoints_run *s, struct talk **fly, size_t n)
{
	struct pollfd p[IN_FLIGHT_MAX + 1];
	span now = mono(s), wake = now + PATIENCE;
	size_t np = 0;

	for (size_t i = 0; i < n; i++) {
		span limit = limit_of(fly[i], now);

		p[np++] = (struct pollfd){ .fd = fly[i]->fd, .events = fly[i]->events };
		if (limit < wake)
			wake = limit;
	}
	if (s->resolver != NULL)
		p[np++] = (struct pollfd){ .fd = resolver_fd(s->resolver), .events = POLLIN };
	if (poll(p, np, wake > now ? (int)((wake - now) / SPAN_MS) + 1 : 0) < 0 && errno != EINTR)
		return;
	for (size_t i = 0; i < n; i++)
		if (p[i].fd >= 0 && p[i].revents != 0)
			talk_advance(fly[i], s->ctx, s->arena);
	take_names(s);
	now = mono(s);
	for (size_t i = 0; i < n; i++)
		expire(s, fly[i], now);
}

static void
talk_all(struct endpoints_run *s)
{
	struct talk *fly[IN_FLIGHT_MAX];
	size_t n = 0;

	do {
		while (n < IN_FLIGHT_MAX && s->begun < s->n) {
			fly[n] = &s->talks[s->begun++];
			begin(s, fly[n++]);
		}
		turn(s, fly, n);
		for (size_t i = 0; i < n;)
			if (fly[i]->state == TALK_DONE) {
				settle(s, fly[i]);
				fly[i] = fly[--n];
			} else
				i++;
	} while (n > 0 || s->begun < s->n);
}

static void
emit_answer(struct endpoints_run *s, struct talk *t)
{
	struct evidence ev[] = { { "endpoint", t->text }, { "name", t->ep.name },
		{ "protocol", t->protocol } };
	struct item it = { .target = t->text,
		.rule = "cert.endpoint",
		.evidence = ev,
		.nevidence = t->protocol != NULL ? 3 : 2 };
	bool seen = t->error == NULL || t->asked_client;

	if (t->nders == 0 || !seen) {
		cert_unknown(s->run, "cert.endpoint", t->text,
		    arena_printf(s->arena,
			t->nders > 0
			    ? "%s showed its certificate, but ended oddly (%s): it may be another's"
			    : "%s could not be asked (%s); " HIDES,
			t->text, t->error != NULL ? t->error : "it showed none"),
		    t->error);
		return;
	}
	if (t->name_fits)
		it.summary = arena_printf(s->arena,
		    "The server answers, and its certificate names "
		    "%s",
		    t->ep.name);
	else {
		it.state = ITEM_FOUND;
		it.finding = "name-mismatch";
		it.summary = arena_printf(s->arena,
		    "The server answers with a certificate that does "
		    "not name %s",
		    t->ep.name);
	}
	probe_emit(s->run->ctx, &it);
}

static void
emit_chain(struct endpoints_run *s, const struct talk *t)
{
	struct evidence ev = { "reason", t->chain_why };
	struct item it = { .target = t->text,
		.rule = "cert.chain",
		.evidence = &ev,
		.nevidence = t->chain_why != NULL };

	if (t->chain_state == CHAIN_UNASKED)
		return;
	if (t->chain_state == CHAIN_UNKNOWN) {
		cert_unknown(s->run, "cert.chain", t->text,
		    "The chain could not be followed; whether programs trust it is unknown", NULL);
		return;
	}
	if (t->chain_state == CHAIN_GOOD)
		it.summary = arena_printf(s->arena,
		    "The chain of %zu certificate%s leads to an "
		    "authority of the list",
		    t->nders, t->nders == 1 ? "" : "s");
	else {
		it.state = ITEM_FOUND;
		it.finding = t->chain_finding;
		it.summary = strcmp(t->chain_finding, "incomplete") == 0
				 ? "The chain misses a link to an authority of the list"
			     : strcmp(t->chain_finding, "untrusted") == 0
				 ? "The chain ends at an authority that is not on the list"
			     : strcmp(t->chain_finding, "out-of-date") == 0
				 ? "The chain holds a certificate whose dates do not cover today"
				 : "The chain does not hold together";
	}
	probe_emit(s->run->ctx, &it);
}

/* What it showed is what the next look is held against, unless it may be another's. */
static void
show_talk(struct endpoints_run *s, struct talk *t)
{
	uint32_t entry = census_entry(s->run->census, t->text);
	struct arena *names = arena_new((size_t)1 << 20);
	struct cert_place place;
	struct err e = { 0 };
	bool whole = t->nders > 0 && (t->error == NULL || t->asked_client);

	cert_place_init(&place, s->run, entry, CENSUS_SERVER, t->text, names);
	if (t->protocol != NULL)
		census_place_evidence(s->run->census, place.number, "protocol", t->protocol);
	for (size_t i = 0; i < t->nders; i++) {
		if (cert_place_show(s->run, &place, t->ders[i], &e) == 0)
			continue;
		whole = false;
		cert_unknown(s->run, "cert.read",
		    arena_printf(s->arena, "%s: certificate %zu", t->text, i + 1),
		    "This certificate cannot be read; its end date is unknown", e.msg);
	}
	if (whole)
		census_place_whole(s->run->census, place.number);
	arena_free(names);
}

static void
emit_talk(struct endpoints_run *s, struct talk *t)
{
	emit_answer(s, t);
	show_talk(s, t);
	emit_chain(s, t);
}

static void
prepare(struct endpoints_run *s, const struct cert_conf *c)
{
	struct err e = { 0 };

	signal(SIGPIPE, SIG_IGN);
	s->n = c->endpoints.n;
	s->talks = arena_array(s->arena, s->n, sizeof(*s->talks));
	s->ctx = talk_context();
	if (c->trust != NULL && (s->store = chain_store(c->trust, &e)) == NULL)
		cert_unknown(s->run, "cert.chain", c->trust,
		    "The list of authorities could not be read; whether chains are trusted is "
		    "unknown",
		    e.msg);
	for (size_t i = 0; i < s->n; i++) {
		struct talk *t = &s->talks[i];

		t->text = c->endpoints.v[i];
		t->fd = -1;
		/* the configuration was held against the same parser */
		if (cert_endpoint_parse(t->text, &t->ep, &e) < 0)
			talk_end(t, e.msg, s->arena);
	}
}

void
cert_endpoints(struct cert_run *run)
{
	struct endpoints_run s = { .run = run };

	if (run->conf->endpoints.n == 0)
		return;
	s.arena = arena_new(ENDPOINT_ARENA_MAX);
	prepare(&s, run->conf);
	talk_all(&s);
	for (size_t i = 0; i < s.n; i++)
		emit_talk(&s, &s.talks[i]);
	resolver_close(s.resolver);
	X509_STORE_free(s.store);
	SSL_CTX_free(s.ctx);
	arena_free(s.arena);
}
