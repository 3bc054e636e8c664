/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the vote and this clock's item.
 */
#include "report.h"

#include "report_server.h"
#include "ticks.h"
#include "words.h"

#include <stdlib.h>

#define NAMES_SHOWN 3 /* in a summary or an evidence; the rest is counted */

bool
report_interval(const struct ask_server *s, int64_t mono, struct interval *out)
{
	struct interval v[CLOCK_SAMPLES_MAX];
	size_t n = s->nsamples < CLOCK_SAMPLES_MAX ? s->nsamples : CLOCK_SAMPLES_MAX;
	struct vote got;

	for (size_t i = 0; i < n; i++) {
		int64_t age = mono > s->samples[i].mono ? mono - s->samples[i].mono : 0;
		int64_t half = s->samples[i].s.half + age / 1000000 * AGING_PPM + 1;

		v[i].lo = s->samples[i].s.offset - half;
		v[i].hi = s->samples[i].s.offset + half;
	}
	got = vote(v, n);
	if (!got.majority)
		return false;
	out->lo = got.lo - s->root;
	out->hi = got.hi + s->root;
	return true;
}

static int
by_address(const void *a, const void *b)
{
	const struct ask_server *const *x = a, *const *y = b;
	const struct net_address *p = &(*x)->addresses[(*x)->address];
	const struct net_address *q = &(*y)->addresses[(*y)->address];
	int d;

	if (net_address_same(p, q))
		return *x < *y ? -1 : 1;
	d = p->len == q->len ? memcmp(&p->u, &q->u, p->len) : p->len < q->len ? -1 : 1;
	return d != 0 ? d : *x < *y ? -1 : 1;
}

/* Two names of one server are one vote: the first in the list has it. */
static void
find_same(struct round *r)
{
	const struct ask_server **v = arena_array(r->ctx->arena, r->n + 1, sizeof(*v));
	size_t n = 0, first = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->st[i].usable)
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

static void
count_votes(struct round *r)
{
	int64_t now = ticks_mono();

	for (size_t i = 0; i < r->n; i++) {
		struct interval one;

		r->st[i] = (struct ballot){ report_interval(&r->s[i], now, &one), ROUND_NO_VOTE,
			ROUND_NO_VOTE };
	}
	find_same(r);
	for (size_t i = 0; i < r->n; i++) {
		if (!r->st[i].usable || r->st[i].same != ROUND_NO_VOTE)
			continue;
		report_interval(&r->s[i], now, &r->votes[r->nvotes]);
		r->st[i].place = r->nvotes++;
	}
	r->v = vote(r->votes, r->nvotes);
}

/* The names of servers that voted and (dis)agree, separated by commas. */
static const char *
names(const struct round *r, bool agree)
{
	struct arena *a = r->ctx->arena;
	const char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		size_t at = r->st[i].place;

		if (at == ROUND_NO_VOTE || r->votes[at].agrees != agree || n++ >= NAMES_SHOWN)
			continue;
		text = text == NULL ? r->conf->servers.v[i]
				    : arena_printf(a, "%s, %s", text, r->conf->servers.v[i]);
	}
	if (n > NAMES_SHOWN)
		text = arena_printf(a, "%s and %zu more", text, n - NAMES_SHOWN);
	return text == NULL ? "none" : text;
}

static const char *
majority_words(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	char words[CLOCK_WORDS];
	size_t yes = round_agreeing(r);

	clock_words(round_middle(r->v.lo, r->v.hi), round_radius(r->v.lo, r->v.hi), r->warn, words);
	if (r->nvotes == 1 && r->n == 1)
		return arena_printf(a, "This clock is %s, says the only time server", words);
	if (r->nvotes == 1)
		return arena_printf(a,
		    "This clock is %s, says the only one of %zu time servers that "
		    "can be used",
		    words, r->n);
	if (yes == r->nvotes)
		return arena_printf(
		    a, "This clock is %s; %zu of %zu time servers agree", words, yes, r->n);
	return arena_printf(a, "This clock is %s; %zu of %zu time servers agree, not %s", words,
	    yes, r->n, names(r, false));
}

/* What the first two servers say that cannot both be right. */
static const char *
disagreement_words(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	char one[CLOCK_WORDS], two[CLOCK_WORDS];
	size_t x = ROUND_NO_VOTE, y = ROUND_NO_VOTE;

	for (size_t i = 0; i < r->n; i++) {
		if (r->st[i].place == ROUND_NO_VOTE)
			continue;
		if (x == ROUND_NO_VOTE)
			x = i;
		else if (r->votes[r->st[i].place].lo > r->votes[r->st[x].place].hi ||
			 r->votes[r->st[i].place].hi < r->votes[r->st[x].place].lo)
			y = i;
		if (y != ROUND_NO_VOTE)
			break;
	}
	if (x == ROUND_NO_VOTE || y == ROUND_NO_VOTE)
		return arena_printf(a,
		    "No majority of the %zu time servers agrees, so an error of "
		    "this clock would go unseen",
		    r->nvotes);
	const struct interval *p = &r->votes[r->st[x].place], *q = &r->votes[r->st[y].place];
	clock_words(round_middle(p->lo, p->hi), round_radius(p->lo, p->hi), r->warn, one);
	clock_words(round_middle(q->lo, q->hi), round_radius(q->lo, q->hi), r->warn, two);
	return arena_printf(a,
	    "The time servers disagree, who is right is open: this clock is %s "
	    "(%s) or %s (%s)",
	    one, r->conf->servers.v[x], two, r->conf->servers.v[y]);
}

static void
tell_offset(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	struct item it = { .target = CLOCK_TARGET, .rule = "clock.offset", .state = ITEM_UNKNOWN };
	struct metric m;

	it.evidence = (struct evidence[]){
		{ "servers configured", arena_printf(a, "%zu", r->n) },
		{ "servers usable", arena_printf(a, "%zu", r->nvotes) },
		{ "servers agreeing", arena_printf(a, "%zu", round_agreeing(r)) },
		{ "agree", names(r, true) },
		{ "disagree", names(r, false) },
	};
	it.nevidence = 5;
	if (r->v.majority) {
		m = round_metric(r, r->v.lo, r->v.hi, true);
		it.state = ITEM_FINE;
		it.metrics = &m;
		it.nmetrics = 1;
		it.summary = majority_words(r);
		probe_host_clock(r->ctx, m.value, m.bound);
	} else if (r->n == 0) {
		it.summary =
		    "No time server is configured, so an error of this clock would go unseen";
	} else if (r->nvotes == 0) {
		it.summary = r->n == 1
				 ? "The only time server gave no usable answer, so an error of "
				   "this clock would go unseen"
				 : arena_printf(a,
				       "None of %zu time servers gave a usable "
				       "answer, so an error of this clock would "
				       "go unseen",
				       r->n);
	} else {
		it.summary = disagreement_words(r);
	}
	probe_emit(r->ctx, &it);
}

void
report_all(
    const struct probe_ctx *ctx, const struct clock_conf *conf, struct ask_server *s, size_t n)
{
	struct round r = {
		.ctx = ctx, .conf = conf, .s = s, .n = n, .warn = clock_warn_offset(conf)
	};

	r.st = arena_array(ctx->arena, n + 1, sizeof(*r.st));
	r.votes = arena_array(ctx->arena, n + 1, sizeof(*r.votes));
	count_votes(&r);
	tell_offset(&r);
	if (report_no_names(&r))
		return;
	for (size_t i = 0; i < n; i++)
		report_server(&r, i);
}
