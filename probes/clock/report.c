/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include "words.h"

#include <netdb.h>
#include <stdlib.h>

#define NAMES_SHOWN 3 /* in a summary or an evidence; the rest is counted */
#define EVIDENCE_MAX 16
#define NO_VOTE SIZE_MAX

/* What became of one server, beside what it said. */
struct standing {
	bool usable;
	size_t same;  /* place of another name for this server, or NO_VOTE */
	size_t place; /* among the votes, or NO_VOTE */
};

struct round {
	const struct probe_ctx *ctx;
	const struct clock_conf *conf;
	struct ask_server *s;
	size_t n, nvotes, usable;
	struct standing *st;
	struct interval *votes;
	struct vote v;
	int64_t warn;
};

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

static int64_t
middle(int64_t lo, int64_t hi)
{
	return lo + (hi - lo) / 2;
}

static int64_t
radius(int64_t lo, int64_t hi)
{
	return (hi - lo + 1) / 2;
}

static int
by_address(const void *a, const void *b)
{
	const struct ask_server *const *x = a, *const *y = b;
	const struct address *p = &(*x)->addresses[(*x)->address];
	const struct address *q = &(*y)->addresses[(*y)->address];
	int d;

	if (address_same(p, q))
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
		if (address_same(
			&v[first]->addresses[v[first]->address], &v[k]->addresses[v[k]->address]))
			r->st[v[k] - r->s].same = (size_t)(v[first] - r->s);
		else
			first = k;
	}
}

static void
count_votes(struct round *r)
{
	int64_t now = ask_mono();

	for (size_t i = 0; i < r->n; i++) {
		struct interval one;

		r->st[i] =
		    (struct standing){ report_interval(&r->s[i], now, &one), NO_VOTE, NO_VOTE };
	}
	find_same(r);
	for (size_t i = 0; i < r->n; i++) {
		if (!r->st[i].usable || r->st[i].same != NO_VOTE)
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

		if (at == NO_VOTE || r->votes[at].agrees != agree || n++ >= NAMES_SHOWN)
			continue;
		text = text == NULL ? r->conf->servers.v[i]
				    : arena_printf(a, "%s, %s", text, r->conf->servers.v[i]);
	}
	if (n > NAMES_SHOWN)
		text = arena_printf(a, "%s and %zu more", text, n - NAMES_SHOWN);
	return text == NULL ? "none" : text;
}

static size_t
agreeing(const struct round *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nvotes; i++)
		n += r->votes[i].agrees;
	return n;
}

static const char *
majority_words(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	char words[CLOCK_WORDS];
	size_t yes = agreeing(r);

	clock_words(middle(r->v.lo, r->v.hi), radius(r->v.lo, r->v.hi), r->warn, words);
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
	size_t x = NO_VOTE, y = NO_VOTE;

	for (size_t i = 0; i < r->n; i++) {
		if (r->st[i].place == NO_VOTE)
			continue;
		if (x == NO_VOTE)
			x = i;
		else if (r->votes[r->st[i].place].lo > r->votes[r->st[x].place].hi ||
			 r->votes[r->st[i].place].hi < r->votes[r->st[x].place].lo)
			y = i;
		if (y != NO_VOTE)
			break;
	}
	if (x == NO_VOTE || y == NO_VOTE)
		return arena_printf(a,
		    "No majority of the %zu time servers agrees, so an error of "
		    "this clock would go unseen",
		    r->nvotes);
	const struct interval *p = &r->votes[r->st[x].place], *q = &r->votes[r->st[y].place];
	clock_words(middle(p->lo, p->hi), radius(p->lo, p->hi), r->warn, one);
	clock_words(middle(q->lo, q->hi), radius(q->lo, q->hi), r->warn, two);
	return arena_printf(a,
	    "The time servers disagree, who is right is open: this clock is %s "
	    "(%s) or %s (%s)",
	    one, r->conf->servers.v[x], two, r->conf->servers.v[y]);
}

static struct metric
offset_metric(const struct round *r, int64_t lo, int64_t hi, bool judged)
{
	double warn = span_seconds(r->warn), max = span_seconds(r->conf->max_offset);
	struct metric m = { .name = "offset",
		.unit = UNIT_SECONDS,
		.value = (double)middle(lo, hi) / (double)NS_S,
		.bound = (double)radius(lo, hi) / (double)NS_S };

	if (judged) {
		m.warn = (struct range){ .set = true, .lo = -warn, .hi = warn };
		m.crit = (struct range){ .set = true, .lo = -max, .hi = max };
	}
	return m;
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
		{ "servers agreeing", arena_printf(a, "%zu", agreeing(r)) },
		{ "agree", names(r, true) },
		{ "disagree", names(r, false) },
	};
	it.nevidence = 5;
	if (r->v.majority) {
		m = offset_metric(r, r->v.lo, r->v.hi, true);
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

/* Why a server gave no sample: finding (NULL: could not be asked) and summary. */
static void
tell_silent(const struct round *r, const struct ask_server *s, struct item *it)
{
	struct arena *a = r->ctx->arena;

	it->state = ITEM_FOUND;
	if (s->where.nts) {
		it->state = ITEM_UNKNOWN;
		it->summary =
		    "Authenticated time (nts://) cannot be asked for by this version, and "
		    "plain time is not taken instead";
	} else if (s->lookup_error != 0) {
		it->finding = "no-address";
		it->summary = arena_printf(
		    a, "No address was found for its name (%s)", gai_strerror(s->lookup_error));
	} else if (strcmp(s->kiss, "RATE") == 0) {
		it->finding = "asked-too-often";
		it->summary = "The server answers that it is asked too often";
	} else if (strcmp(s->kiss, "DENY") == 0 || strcmp(s->kiss, "RSTR") == 0) {
		it->finding = "refused";
		it->summary = "The server refuses to tell this computer the time";
	} else if (s->fault == NTP_UNSYNC ||
		   (s->fault == NTP_KISS && strcmp(s->kiss, "INIT") == 0)) {
		it->finding = "no-right-time";
		it->summary = "The server answers that it does not have the right time itself";
	} else if (s->fault == NTP_KISS) {
		it->finding = "refused";
		it->summary = arena_printf(
		    a, "The server answers with a refusal (\"%s\") and no time", s->kiss);
	} else if (s->nsamples > 0) {
		it->finding = "bad-answer";
		it->summary = "Its answers contradict each other";
	} else if (s->fault != NTP_OK) {
		it->finding = "bad-answer";
		it->summary = arena_printf(
		    a, "Its answers cannot be used: they %s", ntp_fault_words(s->fault));
	} else if (s->net_error != 0) {
		it->finding = "no-answer";
		it->summary =
		    arena_printf(a, "Nothing answers at its address (%s)", strerror(s->net_error));
	} else if (s->nrequests == 0) {
		it->state = ITEM_UNKNOWN;
		it->summary = s->naddresses == 0
				  ? "Its name was not found in time, so it was not asked"
				  : "There was no time left to ask it";
	} else {
		it->finding = "no-answer";
		it->summary =
		    s->nrequests == 1
			? "It gave no answer to 1 request"
			: arena_printf(a, "It gave no answer to %zu requests", s->nrequests);
	}
}

static void
tell_usable(const struct round *r, size_t i, struct item *it)
{
	struct arena *a = r->ctx->arena;
	const struct standing *st = &r->st[i];
	const struct interval *v;
	char words[CLOCK_WORDS];

	if (st->same != NO_VOTE) {
		it->state = ITEM_FOUND;
		it->finding = "same-server";
		it->summary = arena_printf(a, "It is the same server as %s and was counted once",
		    r->conf->servers.v[st->same]);
		return;
	}
	v = &r->votes[st->place];
	it->metrics[0] = offset_metric(r, v->lo, v->hi, false);
	it->nmetrics = 1;
	clock_words(middle(v->lo, v->hi), radius(v->lo, v->hi), r->warn, words);
	it->summary = arena_printf(a, "By this server, this clock is %s", words);
	if (!r->v.majority) {
		it->state = ITEM_UNKNOWN;
		it->summary = arena_printf(
		    a, "%s; no majority of servers says whether it is right", it->summary);
	} else if (!v->agrees) {
		it->state = ITEM_FOUND;
		it->finding = "disagrees";
		it->summary = arena_printf(a,
		    "By this server, this clock is %s; %zu others agree on "
		    "another time",
		    words, agreeing(r));
	}
}

static void
evidence(struct item *it, const char *key, const char *value)
{
	if (it->nevidence < EVIDENCE_MAX)
		it->evidence[it->nevidence++] = (struct evidence){ key, value };
}

static const char *
seconds(struct arena *a, int64_t ns)
{
	return arena_printf(a, "%.9f", (double)ns / (double)NS_S);
}

static void
server_evidence(struct arena *a, const struct ask_server *s, struct item *it)
{
	char text[ADDRESS_TEXT];

	if (s->naddresses > 0)
		evidence(
		    it, "address", arena_text(a, address_text(&s->addresses[s->address], text)));
	evidence(it, "requests", arena_printf(a, "%zu", s->nrequests));
	evidence(it, "samples", arena_printf(a, "%zu", s->nsamples));
	if (s->kiss[0] != '\0')
		evidence(it, "kiss code", s->kiss);
	if (s->fault != NTP_OK)
		evidence(it, "failed check", ntp_fault_check(s->fault));
	if (s->nsamples == 0)
		return;
	evidence(it, "delay s", seconds(a, s->best_delay));
	evidence(it, "stratum", arena_printf(a, "%u", s->best.stratum));
	evidence(it, "reference", s->best.refid);
	evidence(it, "leap indicator", arena_printf(a, "%u", s->best.leap));
	evidence(it, "root delay s", seconds(a, s->best.root_delay));
	evidence(it, "root dispersion s", seconds(a, s->best.root_dispersion));
	evidence(it, "precision s", seconds(a, s->best.precision));
	evidence(it, "receive stamps", s->kernel_stamps ? "kernel" : "program");
}

static void
tell_server(const struct round *r, size_t i)
{
	struct evidence list[EVIDENCE_MAX];
	struct metric m[1];
	struct item it = { .target = r->conf->servers.v[i],
		.rule = "clock.server",
		.state = ITEM_FINE,
		.evidence = list,
		.metrics = m };

	if (r->st[i].usable)
		tell_usable(r, i, &it);
	else
		tell_silent(r, &r->s[i], &it);
	server_evidence(r->ctx->arena, &r->s[i], &it);
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
	for (size_t i = 0; i < n; i++)
		tell_server(&r, i);
}
