/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns asking a web server: HEAD again and again, each sent so that it arrives where the second of
 * that machine's clock should change. Redirections are not followed: the answer that would redirect
 * has the date of the machine that was asked.
 */
#include "edge.h"
#include "http_head.h"
#include "look_ways.h"

#include "probes/clock/ticks.h"

#include <stdio.h>
#include <string.h>

#define REQUESTS_MAX 15
#define IDLE_MAX 3 /* answers that told nothing new: sharper than the way there it does not get */
/* from the first answer to the last: a date that is not made anew for each has contradicted itself
 * by then */
#define SPREAD (NS_S + NS_S / 10)

struct talk {
	struct look *l;
	const struct look_terms *t;
	struct stream s;
	bool open;
	struct edge edge;
	int64_t first; /* CLOCK_MONOTONIC, of the first answer; 0: none so far */
	char question[WRITTEN_PATH_MAX + WRITTEN_HOST_MAX + 192];
	char head[HTTP_HEAD_MAX];
};

static void
write_question(struct talk *k)
{
	const struct clocks_target *g = k->l->target;
	bool v6 = strchr(g->at.host, ':') != NULL;
	bool usual = g->at.port == (g->source == SOURCE_HTTPS ? 443 : 80);
	char port[8] = "";

	if (!usual)
		snprintf(port, sizeof(port), ":%u", g->at.port);
	snprintf(k->question, sizeof(k->question),
	    "HEAD %s HTTP/1.1\r\nHost: %s%s%s%s\r\nUser-Agent: forewarn\r\nAccept: */*\r\n"
	    "Cache-Control: no-cache, no-store\r\nPragma: no-cache\r\n"
	    "Connection: keep-alive\r\n\r\n",
	    g->at.path, v6 ? "[" : "", g->at.host, v6 ? "]" : "", port);
}

static bool
connected(struct talk *k)
{
	const struct clocks_target *g = k->l->target;

	if (k->open && !stream_has_more(&k->s))
		return true;
	stream_close(&k->s);
	stream_init(&k->s);
	k->s.until = look_patience(k->t);
	k->open = stream_open(&k->s, g->at.host, g->at.port, k->t->family) &&
		  (g->source != SOURCE_HTTPS || stream_secure(&k->s, k->t->tls, g->at.host, NULL));
	if (!k->open)
		return look_failed(k->l, "%s", k->s.why);
	net_address_text(&k->s.to, k->l->address);
	return true;
}

/* Sends one question and reads the head of its answer. */
static enum http_fault
ask(struct talk *k, struct http_head *h, int64_t *sent, int64_t *received)
{
	enum http_fault f = HTTP_MORE;
	size_t n = 0;

	k->s.until = look_patience(k->t);
	k->s.why[0] = '\0';
	*sent = ticks_wall();
	if (!stream_write(&k->s, k->question, strlen(k->question)))
		return HTTP_MORE;
	while (f == HTTP_MORE) {
		long r = stream_read(&k->s, k->head + n, sizeof(k->head) - n);

		if (r <= 0)
			return HTTP_MORE;
		*received = ticks_wall();
		n += (size_t)r;
		f = http_head_parse(k->head, n, h);
	}
	/* what is behind the head (a body where none may be) is not taken for an answer */
	k->open = f == HTTP_OK && h->keeps && h->len == n;
	return f;
}

/* Sleeps until the wall clock shows `at`. false: that is too late. */
static bool
sleep_until(struct talk *k, int64_t at)
{
	int64_t left = at - ticks_wall();
	struct timespec wait = { left / NS_S, left % NS_S };

	if (ticks_mono() + left + 2 * k->edge.trip > k->t->until)
		return false;
	if (left > 0)
		nanosleep(&wait, NULL);
	return true;
}

/* One question and what its answer says. */
static bool
look_once(struct talk *k)
{
	struct look *l = k->l;
	bool kept = k->open;
	struct http_head h;
	int64_t sent = 0, received = 0;
	enum http_fault f;

	l->requests++;
	f = ask(k, &h, &sent, &received);
	if (f == HTTP_MORE && kept) { /* it closed the connection in between: nobody's fault */
		k->open = false;
		if (!connected(k))
			return false;
		l->requests++;
		f = ask(k, &h, &sent, &received);
	}
	if (f != HTTP_OK)
		return look_failed(l, "%s",
		    f == HTTP_MORE && k->s.why[0] != '\0' ? k->s.why : http_fault_words(f));
	snprintf(l->detail, sizeof(l->detail), "status %d", h.status);
	if (k->first == 0)
		k->first = ticks_mono();
	if (!edge_take(&k->edge, h.date * NS_S, (h.date + 1) * NS_S, sent, received, ticks_mono()))
		return look_failed(l,
		    "gives dates that contradict each other: it does not make them anew for "
		    "each answer");
	return true;
}

/* Until it is sharp enough, or does not get sharper, or the time is over. */
static bool
search(struct talk *k)
{
	int idle = 0;

	while (k->l->requests < REQUESTS_MAX) {
		int64_t before = edge_radius(&k->edge), spread = ticks_mono() - k->first;
		int64_t early = spread < SPREAD ? SPREAD - spread : 0;
		bool enough = before <= k->t->sharp || idle >= IDLE_MAX;

		if (enough && early == 0)
			return true;
		if (!connected(k))
			return false;
		if (!sleep_until(k, edge_next(&k->edge, ticks_wall() + (enough ? early : 0))))
			break;
		if (!look_once(k))
			return false;
		idle = edge_radius(&k->edge) > before / 8 * 7 ? idle + 1 : 0;
	}
	return ticks_mono() - k->first >= SPREAD ||
	       look_failed(k->l, "was not asked long enough: there was no time left");
}

bool
look_http(struct look *l, const struct look_terms *t)
{
	int64_t wall = ticks_wall(), mono = ticks_mono();
	struct talk k = { .l = l, .t = t };
	bool measured;

	stream_init(&k.s);
	write_question(&k);
	measured = connected(&k) && look_once(&k) && search(&k);
	stream_close(&k.s);
	l->lo = k.edge.lo;
	l->hi = k.edge.hi;
	l->mono = k.edge.at;
	if (measured && !look_unset(wall, mono))
		return look_failed(l, "was asked while this clock was being set");
	return measured;
}
