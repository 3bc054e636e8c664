/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of clock.server: what one server said, or why it said nothing.
 */
#include "report_server.h"

#include "words.h"

#include "probes/net/route.h"

#include <netdb.h>
#include <string.h>

#define EVIDENCE_MAX 16

/* Whether nobody said if its name exists: no fault of the name. */
static bool
not_looked_up(const struct ask_server *s)
{
	return s->lookup_error == EAI_AGAIN || s->lookup_error == EAI_FAIL ||
	       s->lookup_error == EAI_SYSTEM;
}

bool
report_no_names(const struct round *r)
{
	struct item it = { .target = "this computer", .rule = "clock.server", .state = ITEM_FOUND };

	if (r->n == 0)
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (!not_looked_up(&r->s[i]))
			return false;
	if (!net_has_route()) {
		it.finding = "no-network";
		it.summary = "This computer has no network (no name could be looked up)";
	} else if (r->n > 1) {
		it.finding = "no-lookup";
		it.summary = arena_printf(r->ctx->arena,
		    "This computer could look up none of its %zu time servers (%s)", r->n,
		    gai_strerror(r->s[0].lookup_error));
	} else {
		return false;
	}
	probe_emit(r->ctx, &it);
	return true;
}

/* Why a server gave no sample: finding (NULL: could not be asked), and the summary that goes on
 * after the server's name. */
static void
tell_silent(const struct round *r, const struct ask_server *s, struct item *it)
{
	struct arena *a = r->ctx->arena;

	it->state = ITEM_FOUND;
	if (s->where.nts) {
		it->state = ITEM_UNKNOWN;
		it->summary =
		    "was not asked: this version cannot ask for authenticated time (nts://), and "
		    "plain time is not taken instead";
	} else if (not_looked_up(s)) {
		it->finding = "no-lookup";
		it->summary =
		    arena_printf(a, "could not be looked up (%s)", gai_strerror(s->lookup_error));
	} else if (s->lookup_error != 0) {
		it->finding = "no-address";
		it->summary = arena_printf(a, "has no address (%s)", gai_strerror(s->lookup_error));
	} else if (strcmp(s->kiss, "RATE") == 0) {
		it->finding = "asked-too-often";
		it->summary = "answers that it is asked too often";
	} else if (strcmp(s->kiss, "DENY") == 0 || strcmp(s->kiss, "RSTR") == 0) {
		it->finding = "refused";
		it->summary = "refuses to tell this computer the time";
	} else if (s->fault == NTP_UNSYNC ||
		   (s->fault == NTP_KISS && strcmp(s->kiss, "INIT") == 0)) {
		it->finding = "no-right-time";
		it->summary = "answers that it does not have the right time itself";
	} else if (s->fault == NTP_KISS) {
		it->finding = "refused";
		it->summary =
		    arena_printf(a, "answers with a refusal (\"%s\") and no time", s->kiss);
	} else if (s->nsamples > 0) {
		it->finding = "bad-answer";
		it->summary = "gives answers that contradict each other";
	} else if (s->fault != NTP_OK) {
		it->finding = "bad-answer";
		it->summary = arena_printf(
		    a, "gives answers that cannot be used: they %s", ntp_fault_words(s->fault));
	} else if (s->net_error != 0) {
		it->finding = "no-answer";
		it->summary = arena_printf(a, "does not answer (%s)", strerror(s->net_error));
	} else if (s->nrequests == 0) {
		it->state = ITEM_UNKNOWN;
		it->summary = s->naddresses == 0 ? "was not asked: its name was not found in time"
						 : "was not asked: there was no time left";
	} else {
		it->finding = "no-answer";
		it->summary = s->nrequests == 1
				  ? "gave no answer to 1 request"
				  : arena_printf(a, "gave no answer to %zu requests", s->nrequests);
	}
}

static void
tell_usable(const struct round *r, size_t i, struct item *it)
{
	struct arena *a = r->ctx->arena;
	const struct ballot *st = &r->st[i];
	const struct interval *v;
	char words[CLOCK_WORDS];

	if (st->same != ROUND_NO_VOTE) {
		it->state = ITEM_FOUND;
		it->finding = "same-server";
		it->summary = arena_printf(a, "is the same server as %s and was counted once",
		    r->conf->servers.v[st->same]);
		return;
	}
	v = &r->votes[st->place];
	it->metrics[0] = round_metric(r, v->lo, v->hi, false);
	it->nmetrics = 1;
	clock_words(round_middle(v->lo, v->hi), round_radius(v->lo, v->hi), r->warn, words);
	it->summary = arena_printf(a, "says this clock is %s", words);
	if (!r->v.majority) {
		it->state = ITEM_UNKNOWN;
		it->summary = arena_printf(
		    a, "%s; no majority of servers says whether it is right", it->summary);
	} else if (!v->agrees) {
		it->state = ITEM_FOUND;
		it->finding = "disagrees";
		it->summary = arena_printf(a,
		    "says this clock is %s; %zu others agree on "
		    "another time",
		    words, round_agreeing(r));
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
	char text[NET_ADDRESS_TEXT];

	if (s->naddresses > 0)
		evidence(it, "address",
		    arena_text(a, net_address_text(&s->addresses[s->address], text)));
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

void
report_server(const struct round *r, size_t i)
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
	it.summary = arena_printf(r->ctx->arena, "Time server %s %s", it.target, it.summary);
	server_evidence(r->ctx->arena, &r->s[i], &it);
	probe_emit(r->ctx, &it);
}
