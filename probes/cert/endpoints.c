/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns talking to TLS servers, many at a time: every address of a name, and for each both kinds of
 * keys.
 */
#include "probes/cert/endpoints.h"

#include "probes/cert/replay.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/err.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define IN_FLIGHT_MAX 256
#define RESOLVE_THREADS 8
#define PATIENCE (5 * SPAN_S) /* with one address, at most */
#define PATIENCE_OTHER_KEY (2 * SPAN_S)
#define MARGIN (400 * SPAN_MS) /* kept for handing over what there is */
#define ENDPOINT_ARENA_MAX ((size_t)256 << 20)
#define ADDRESSES_MAX 8 /* of one name that are asked */

/* What a client signs for that has only the other kind of key (RFC 8446 4.2.3). */
#define ONLY_RSA "RSA+SHA256:RSA+SHA384:RSA+SHA512:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA+SHA1"
#define ONLY_EC "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ECDSA+SHA1:ed25519"

_Static_assert(CERT_HOST_MAX - 1 <= NET_NAME_MAX, "a configured name can be looked up");

static span
mono(const struct endpoints_run *s)
{
	return s->run->ctx->clk->mono(s->run->ctx->clk);
}

static span
time_left(const struct endpoints_run *s)
{
	return probe_left(s->run->ctx) - MARGIN;
}

/* Its patience, and its share of the time for when others wait. */
static void
give_time(struct endpoints_run *s, struct talk *t, span left)
{
	size_t waves = (s->nqueue - s->begun + IN_FLIGHT_MAX - 1) / IN_FLIGHT_MAX + 1;
	span share = left / (span)waves;

	/* most servers have but one key, and some then say nothing at all */
	if (t->keys != NULL && left > PATIENCE_OTHER_KEY)
		left = PATIENCE_OTHER_KEY;
	t->until = mono(s) + (left < PATIENCE ? left : PATIENCE);
	t->fair = mono(s) + (share < PATIENCE ? share : PATIENCE);
}

static void
enqueue(struct endpoints_run *s, struct talk *t)
{
	s->queue = arena_grow(s->arena, s->queue, s->nqueue, &s->cap, sizeof(*s->queue));
	s->queue[s->nqueue++] = t;
}

/* The same endpoint once more: at another address, or with another key. */
static struct talk *
once_more(struct endpoints_run *s, struct talk *t, const struct net_address *at, const char *keys)
{
	struct talk *more = arena_alloc(s->arena, sizeof(*more)), *last = t;

	*more = (struct talk){ .text = t->text, .ep = t->ep, .fd = -1, .addr = *at, .keys = keys };
	more->state = TALK_KNOWN;
	while (last->next != NULL)
		last = last->next;
	last->next = more;
	enqueue(s, more);
	return more;
}

static void
begin(struct endpoints_run *s, struct talk *t)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_STREAM, RESOLVE_THREADS };
	uint16_t port = (uint16_t)strtoul(t->ep.port, NULL, 10);
	span left = time_left(s);

	if (t->state == TALK_DONE)
		return;
	if (left <= 0) {
		talk_end(t, "the time for this check ended before its turn", s->arena);
		return;
	}
	if (s->run->ctx->handed->replay != NULL) {
		replay_talk(t, s->run->ctx->handed->replay, s->arena);
		return;
	}
	give_time(s, t, left);
	if (t->state == TALK_KNOWN ||
	    (t->ep.numeric && net_address_parse(t->ep.host, port, &t->addr))) {
		talk_start(t, s->arena);
		return;
	}
	t->state = TALK_RESOLVE;
	if (s->resolver == NULL)
		s->resolver = resolver_new(&terms);
	/* names are only asked for by the first talk of an endpoint */
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
		for (size_t i = 1; i < r.n && i < ADDRESSES_MAX; i++)
			once_more(s, t, &r.v[i], NULL);
		t->addr = r.v[0];
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
	case TALK_KNOWN:
	case TALK_DONE:
		break;
	}
	return "no answer in time";
}

/* A slow one has the time that quick ones gave back, unless those who are past their share hold
 * most places and others wait. */
static bool
is_crowded(const struct endpoints_run *s, struct talk **fly, size_t n)
{
	size_t past = 0;
	span now = mono(s);

	if (n < IN_FLIGHT_MAX || s->begun >= s->nqueue)
		return false;
	for (size_t i = 0; i < n; i++)
		past += now >= fly[i]->fair;
	return past >= IN_FLIGHT_MAX / 4 * 3;
}

static span
limit_of(const struct talk *t, bool crowded)
{
	return crowded ? t->fair : t->until;
}

/* A server with both kinds of keys shows the one that its client likes best. */
static void
ask_other_key(struct endpoints_run *s, struct talk *t)
{
	X509 *leaf = sk_X509_num(t->chain) > 0 ? sk_X509_value(t->chain, 0) : NULL;
	int kind = leaf != NULL ? EVP_PKEY_get_base_id(X509_get0_pubkey(leaf)) : EVP_PKEY_NONE;

	if (t->keys != NULL || t->error != NULL)
		return;
	if (kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS)
		once_more(s, t, &t->addr, ONLY_EC);
	else if (kind == EVP_PKEY_EC || kind == EVP_PKEY_ED25519)
		once_more(s, t, &t->addr, ONLY_RSA);
}

static void
settle(struct endpoints_run *s, struct talk *t)
{
	if (t->chain != NULL) {
		chain_judge(&t->judged, t->chain, s->run->trust, true, s->run->now, s->arena);
		ask_other_key(s, t);
	}
	sk_X509_pop_free(t->chain, X509_free);
	t->chain = NULL;
}

static void
turn(struct endpoints_run *s, struct talk **fly, size_t n)
{
	struct pollfd p[IN_FLIGHT_MAX + 1];
	span now = mono(s), wake = now + PATIENCE;
	bool crowded = is_crowded(s, fly, n);
	size_t np = 0;

	for (size_t i = 0; i < n; i++) {
		span limit = limit_of(fly[i], crowded);

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
	crowded = is_crowded(s, fly, n);
	for (size_t i = 0; i < n; i++)
		if (fly[i]->state != TALK_DONE && now >= limit_of(fly[i], crowded))
			talk_end(fly[i], too_late(fly[i]), s->arena);
}

static void
talk_all(struct endpoints_run *s)
{
	struct talk *fly[IN_FLIGHT_MAX];
	size_t n = 0;

	do {
		while (n < IN_FLIGHT_MAX && s->begun < s->nqueue) {
			fly[n] = s->queue[s->begun++];
			begin(s, fly[n++]);
		}
		turn(s, fly, n);
		for (size_t i = 0; i < n;)
			if (fly[i]->state == TALK_DONE) {
				settle(s, fly[i]);
				fly[i] = fly[--n];
			} else
				i++;
	} while (n > 0 || s->begun < s->nqueue);
}

static void
prepare(struct endpoints_run *s, const struct cert_conf *c)
{
	struct err e = { 0 };

	signal(SIGPIPE, SIG_IGN);
	s->n = c->endpoints.n;
	s->talks = arena_array(s->arena, s->n, sizeof(*s->talks));
	s->ctx = talk_context();
	for (size_t i = 0; i < s->n; i++) {
		struct talk *t = &s->talks[i];

		t->text = c->endpoints.v[i];
		t->fd = -1;
		/* the configuration was held against the same parser */
		if (cert_endpoint_parse(t->text, &t->ep, &e) < 0)
			talk_end(t, e.msg, s->arena);
		enqueue(s, t);
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
	endpoints_tell(&s);
	resolver_close(s.resolver);
	SSL_CTX_free(s.ctx);
	arena_free(s.arena);
}
