/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns this clock's item.
 */
#include "report.h"

#include "preset.h"
#include "report_server.h"
#include "report_several.h"
#include "words.h"

#define NAMES_SHOWN 3 /* in a summary or an evidence; the rest is counted */

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
		text = text == NULL ? round_name(r, i)
				    : arena_printf(a, "%s, %s", text, round_name(r, i));
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
	    one, round_name(r, x), two, round_name(r, y));
}

/* Why nothing at all is known of this clock. */
static const char *
nothing_words(const struct round *r)
{
	size_t here = 0;

	for (size_t i = 0; i < r->n; i++)
		here += r->st[i].here;
	if (r->n == 0)
		return "No time server is configured, so an error of this clock would go unseen";
	if (here > 0 && r->n == 1)
		return "The only time server is this computer itself, so an error of this clock "
		       "would go unseen";
	if (here > 0)
		return "No time server but this computer itself can be used, so an error of this "
		       "clock would go unseen";
	if (r->n == 1)
		return "The only time server gave no usable answer, so an error of this clock "
		       "would go unseen";
	return arena_printf(r->ctx->arena,
	    "None of %zu time servers gave a usable answer, so an error of this clock would go "
	    "unseen",
	    r->n);
}

/* Why what the majority says is no proof of true time; NULL: it is one. */
static const char *
no_proof_words(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	const struct ballot *only = NULL;
	char words[CLOCK_WORDS];

	clock_words(round_middle(r->v.lo, r->v.hi), round_radius(r->v.lo, r->v.hi), r->warn, words);
	if (r->stopgaps)
		return arena_printf(a,
		    "True time cannot be proven: this clock is %s by time servers that follow only "
		    "their own clocks",
		    words);
	for (size_t i = 0; i < r->n && r->nvotes == 1; i++)
		if (r->st[i].place != ROUND_NO_VOTE)
			only = &r->st[i];
	if (only == NULL)
		return NULL;
	if (only->gps_weeks > 0)
		return arena_printf(a,
		    "Either this clock or its only time server is wrong by %u times 1024 weeks",
		    only->gps_weeks);
	if (only->e.agree == 1 && r->conf->samples > 1 && (r->v.lo > r->warn || r->v.hi < -r->warn))
		return arena_printf(a,
		    "This clock is %s by a single answer, which is not enough to believe it",
		    words);
	return NULL;
}

static void
tell_majority(const struct round *r, struct item *it)
{
	const char *no_proof = no_proof_words(r);

	it->metrics[0] = round_metric(r, r->v.lo, r->v.hi, no_proof == NULL);
	it->nmetrics = 1;
	it->summary = no_proof;
	if (no_proof != NULL)
		return;
	it->state = ITEM_FINE;
	it->summary = majority_words(r);
	probe_host_clock(r->ctx, it->metrics[0].value, it->metrics[0].bound);
}

static void
tell_offset(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	struct metric m;
	struct item it = {
		.target = CLOCK_TARGET, .rule = "clock.offset", .state = ITEM_UNKNOWN, .metrics = &m
	};

	it.evidence = (struct evidence[]){
		{ "servers configured", arena_printf(a, "%zu", r->conf->servers.n) },
		{ "servers asked", arena_printf(a, "%zu", r->n) },
		{ "servers usable", arena_printf(a, "%zu", r->nvotes) },
		{ "servers agreeing", arena_printf(a, "%zu", round_agreeing(r)) },
		{ "servers that may be wrong",
		    arena_printf(a, "%zu", r->nvotes == 0 ? 0 : (r->nvotes - 1) / 2) },
		{ "agree", names(r, true) },
		{ "disagree", names(r, false) },
		preset_evidence(r->conf, a),
	};
	it.nevidence = 8;
	if (r->v.majority)
		tell_majority(r, &it);
	else
		it.summary = r->nvotes == 0 ? nothing_words(r) : disagreement_words(r);
	probe_emit(r->ctx, &it);
}

/* The leap second that most servers announce: of those that agree on the time. */
static void
count_leaps(const struct round *r, struct told *told)
{
	size_t by[3] = { 0, 0, 0 };

	for (size_t i = 0; i < r->n; i++) {
		size_t at = r->st[i].place;

		if (at == ROUND_NO_VOTE || !r->votes[at].agrees)
			continue;
		told->votes++;
		if (r->s[i].best.leap == 1 || r->s[i].best.leap == 2)
			by[r->s[i].best.leap]++;
	}
	for (int way = 1; way <= 2; way++)
		if (2 * by[way] > told->votes) {
			told->leap = way == 1 ? 1 : -1;
			told->leap_votes = by[way];
		}
}

void
report_all(const struct probe_ctx *ctx, const struct clock_conf *conf, struct ask_server *s,
    size_t n, int64_t ppm, struct told *told)
{
	struct round r = { .ctx = ctx,
		.conf = conf,
		.s = s,
		.n = n,
		.warn = clock_warn_offset(conf),
		.ppm = ppm };

	round_count(&r);
	*told = (struct told){ .measured = r.v.majority && no_proof_words(&r) == NULL,
		.offset = round_middle(r.v.lo, r.v.hi),
		.bound = round_radius(r.v.lo, r.v.hi) };
	count_leaps(&r, told);
	tell_offset(&r);
	if (report_no_names(&r) || report_blocked(&r))
		return;
	report_one_source(&r);
	for (size_t i = 0; i < conf->servers.n; i++) {
		size_t k = i;

		do
			report_server(&r, k);
		while ((k = s[k].next_member) != 0);
	}
}
