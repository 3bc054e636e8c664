/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns who votes, and the figures that both reports share: middle, width, agreement, the metric.
 */
#include "round.h"

#include "cause.h"
#include "upstream.h"

#include <stdlib.h>
#include <string.h>

int64_t
round_middle(int64_t lo, int64_t hi)
{
	return lo + (hi - lo) / 2;
}

int64_t
round_radius(int64_t lo, int64_t hi)
{
	return (hi - lo + 1) / 2;
}

size_t
round_agreeing(const struct round *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nvotes; i++)
		n += r->votes[i].agrees;
	return n;
}

struct metric
round_metric(const struct round *r, int64_t lo, int64_t hi, bool judged)
{
	double warn = span_seconds(r->warn), max = span_seconds(r->conf->max_offset);
	struct metric m = { .name = "offset",
		.unit = UNIT_SECONDS,
		.value = (double)round_middle(lo, hi) / (double)NS_S,
		.bound = (double)round_radius(lo, hi) / (double)NS_S };

	if (judged) {
		m.warn = (struct range){ .set = true, .lo = -warn, .hi = warn };
		m.crit = (struct range){ .set = true, .lo = -max, .hi = max };
	}
	return m;
}

static int
by_address(const void *a, const void *b)
{
	const struct ask_server *const *x = a, *const *y = b;
	const struct net_address *p = &(*x)->addresses[(*x)->address];
	const struct net_address *q = &(*y)->addresses[(*y)->address];
	int d;

	d = net_address_same(p, q) ? 0
	    : p->len == q->len     ? memcmp(&p->u, &q->u, p->len)
	    : p->len < q->len      ? -1
				   : 1;
	if (d == 0)
		d = (*x)->configured < (*y)->configured ? -1 : (*x)->configured > (*y)->configured;
	return d != 0 ? d : *x < *y ? -1 : 1;
}

/* Two names of one server are one vote: the first in the list has it. */
static void
find_same(struct round *r)
{
	const struct ask_server **v = arena_array(r->ctx->arena, r->n + 1, sizeof(*v));
	size_t n = 0, first = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->st[i].e.usable)
			v[n++] = &r->s[i];
	if (n > 1)
		qsort(v, n, sizeof(*v), by_address);
	for (size_t k = 1; k < n; k++) {
		if (net_address_same(
			&v[first]->addresses[v[first]->address], &v[k]->addresses[v[k]->address]))
			r->st[v[k] - r->s].same = (size_t)(v[first] - r->s);
		else
			first = k;
	}
}

/* The addresses by which configurations mean this computer; the rest of 127.0.0.0/8 is given to
 * containers and test servers. */
static bool
means_itself(const struct net_address *a)
{
	return a->u.sa.sa_family == AF_INET ? a->u.v4.sin_addr.s_addr == htonl(INADDR_LOOPBACK)
					    : IN6_IS_ADDR_LOOPBACK(&a->u.v6.sin6_addr);
}

/* Whether a server reads the clock that is judged: it is on this computer, agrees with the clock
 * as exactly as was measured, and is either the time service (port 123) or follows only its own
 * clock, which is this one. A server on another port here that names a source may well be a relay
 * or be given another clock. */
static bool
is_here(const struct ask_server *s, const struct ballot *b)
{
	const struct net_address *a = &s->addresses[s->address];
	bool service =
	    s->where.port == CLOCK_PORT && (means_itself(a) || !net_address_is_loopback(a));

	return b->v.lo <= 0 && b->v.hi >= 0 && (service || b->stopgap) && upstream_is_here(a);
}

static void
fill(const struct ask_server *s, int64_t moment, int64_t ppm, struct ballot *b)
{
	size_t bad;

	*b = (struct ballot){ .same = ROUND_NO_VOTE, .place = ROUND_NO_VOTE };
	b->gps_weeks = s->gps_weeks;
	b->e = estimate(s->samples, s->nsamples, moment, ppm);
	/* refused answers count like those that do not fit the others */
	bad = s->nrefused + (size_t)__builtin_popcount(b->e.outside);
	b->e.usable = b->e.usable && 3 * bad <= s->nsamples + s->nrefused;
	if (!b->e.usable)
		return;
	b->v = (struct interval){ b->e.lo - s->root, b->e.hi + s->root, false };
	b->gps_weeks = cause_gps(round_middle(b->v.lo, b->v.hi));
	b->stopgap = upstream_stopgap(&s->best);
	b->here = is_here(s, b);
}

/* The votes of servers that are (not) stopgaps. */
static void
collect(struct round *r, bool stopgaps)
{
	for (size_t i = 0; i < r->n; i++) {
		struct ballot *b = &r->st[i];

		if (!b->e.usable || b->here || b->same != ROUND_NO_VOTE || b->stopgap != stopgaps)
			continue;
		r->votes[r->nvotes] = b->v;
		b->place = r->nvotes++;
	}
}

void
round_count(struct round *r)
{
	int64_t moment = 0;

	r->st = arena_array(r->ctx->arena, r->n + 1, sizeof(*r->st));
	r->votes = arena_array(r->ctx->arena, r->n + 1, sizeof(*r->votes));
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->s[i].nsamples; k++)
			if (r->s[i].samples[k].mono > moment)
				moment = r->s[i].samples[k].mono;
	for (size_t i = 0; i < r->n; i++)
		fill(&r->s[i], moment, r->ppm, &r->st[i]);
	find_same(r);
	collect(r, false);
	r->stopgaps = r->nvotes == 0;
	if (r->stopgaps)
		collect(r, true);
	r->stopgaps = r->stopgaps && r->nvotes > 0;
	r->v = vote(r->votes, r->nvotes);
}

const char *
round_name(const struct round *r, size_t i)
{
	const struct ask_server *s = &r->s[i];
	const char *name = r->conf->servers.v[s->configured];
	char text[NET_ADDRESS_TEXT];

	if (s->member == 0 && s->next_member == 0)
		return name;
	net_address_text(&s->addresses[s->address], text);
	*strrchr(text, ':') = '\0'; /* the port stands in the name */
	return arena_printf(r->ctx->arena, "%s (%s)", name, text);
}

const char *
round_target(const struct round *r, size_t i)
{
	const char *name = r->conf->servers.v[r->s[i].configured];

	return r->s[i].member == 0
		   ? name
		   : arena_printf(r->ctx->arena, "%s (%zu)", name, r->s[i].member + 1);
}
