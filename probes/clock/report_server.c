/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of clock.server: what one server said, or why it said nothing.
 */
#include "report_server.h"

#include "cause.h"
#include "report_nts.h"
#include "report_several.h"
#include "ticks.h"
#include "upstream.h"
#include "refusals.h"
#include "words.h"

#include <string.h>

#define EVIDENCE_MAX 24

/* Why a server was not asked at all; false: it was. */
static bool
tell_unasked(struct arena *a, const struct ask_server *s, struct item *it)
{
	if (report_not_looked_up(s)) {
		it->finding = "no-lookup";
		it->summary =
		    arena_printf(a, "could not be looked up (%s)", gai_strerror(s->lookup_error));
	} else if (s->lookup_error != 0) {
		it->finding = "no-address";
		it->summary = arena_printf(a, "has no address (%s)", gai_strerror(s->lookup_error));
	} else if (s->nrequests == 0 && s->net_error == 0 && s->held == NULL) {
		it->state = ITEM_UNKNOWN;
		it->summary = s->naddresses == 0 ? "was not asked: its name was not found in time"
						 : "was not asked: there was no time left";
	} else {
		return false;
	}
	return true;
}

/* A refusal of an earlier look, which is obeyed. */
static void
tell_held(struct arena *a, const struct ask_server *s, struct item *it)
{
	char since[INSTANT_TEXT], until[INSTANT_TEXT];

	instant_text(s->held->since / 1000, since);
	instant_text(s->held->until / 1000, until);
	it->finding = strcmp(s->kiss, "RATE") == 0 ? "asked-too-often" : "refused";
	it->summary = arena_printf(a,
	    "%s on %.10s %.5s UTC and was not asked now; it is asked again after %.10s %.5s UTC",
	    strcmp(s->kiss, "RATE") == 0 ? "answered that it is asked too often"
					 : "refused to tell this computer the time",
	    since, since + 11, until, until + 11);
}

/* That a server said why it gives no time; false: it did not. */
static bool
tell_refusal(struct arena *a, const struct ask_server *s, struct item *it)
{
	if (s->held != NULL) {
		tell_held(a, s, it);
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
	} else {
		return false;
	}
	return true;
}

/* What is wrong with the answers of a server; false: there is none. */
static bool
tell_bad(struct arena *a, const struct ask_server *s, struct item *it)
{
	it->finding = "bad-answer";
	if (s->nsamples > 0 && s->nrefused > 0) {
		it->summary =
		    arena_printf(a, "gives answers of which %zu of %zu cannot be used: they %s",
			s->nrefused, s->nsamples + s->nrefused, ntp_fault_words(s->fault));
	} else if (s->nsamples > 0) {
		it->summary = arena_printf(
		    a, "gives answers that contradict each other (%zu of them)", s->nsamples);
	} else if (s->fault == NTP_DATE && s->gps_weeks > 0) {
		it->finding = "week-count";
		it->summary = arena_printf(
		    a, "gives a date that is %u times 1024 weeks from this clock's", s->gps_weeks);
	} else if (s->fault != NTP_OK) {
		it->summary = arena_printf(
		    a, "gives answers that cannot be used: they %s", ntp_fault_words(s->fault));
	} else {
		return false;
	}
	return true;
}

/* Why a server gave no sample that counts: finding (NULL: could not be asked), and the summary that
 * goes on after the server's name. */
static void
tell_silent(const struct round *r, const struct ask_server *s, struct item *it)
{
	struct arena *a = r->ctx->arena;

	it->state = ITEM_FOUND;
	if (s->where.nts && s->nsamples == 0) {
		report_nts(r, s, it);
		return;
	}
	if (tell_unasked(a, s, it) || tell_refusal(a, s, it) || tell_bad(a, s, it))
		return;
	it->finding = "no-answer";
	if (s->stranger.len > 0) {
		it->finding = "other-address";
		it->summary = arena_printf(a,
		    "is answered for by another address (%s), and such answers are not used",
		    net_address_text(&s->stranger, (char[NET_ADDRESS_TEXT]){ 0 }));
	} else if (s->net_error != 0) {
		it->summary = arena_printf(a, "does not answer (%s)", strerror(s->net_error));
	} else {
		it->summary = s->nrequests == 1
				  ? "gave no answer to 1 request"
				  : arena_printf(a, "gave no answer to %zu requests", s->nrequests);
	}
}

/* What is known of a server beside its offset that asks for something to be done. says: what it
 * says of this clock, as the summary begins. */
static void
tell_quality(const struct round *r, size_t i, const char *says, struct item *it)
{
	struct arena *a = r->ctx->arena;
	const struct ask_server *s = &r->s[i];
	size_t odd = s->nrefused + (size_t)__builtin_popcount(r->st[i].e.outside);
	double wide = (double)s->root / (double)NS_S;

	it->state = ITEM_FOUND;
	if (r->st[i].stopgap || upstream_own_clock(&s->best)) {
		it->finding = "own-clock";
		it->summary = arena_printf(a, "%s, but follows only its own clock", says);
	} else if (cause_windows(&s->best) && s->root > r->warn) {
		it->finding = "windows-margin";
		it->summary = arena_printf(a,
		    "%s, but allows for an error of %.1f s, as a Windows server does", says, wide);
	} else if (s->best.precision > r->warn) {
		it->finding = "coarse-clock";
		it->summary = arena_printf(a, "%s, but reads its clock in steps of %.3f s", says,
		    (double)s->best.precision / (double)NS_S);
	} else if (s->root > r->conf->max_offset) {
		it->finding = "wide-margin";
		it->summary = arena_printf(a, "%s, but allows for an error of %.3f s", says, wide);
	} else if (odd > 0) {
		it->finding = "unsteady";
		it->summary = arena_printf(a, "%s, but %zu of %zu answers did not fit the others",
		    says, odd, s->nsamples + s->nrefused);
	} else {
		it->state = ITEM_FINE;
		it->summary = says;
	}
}

/* Servers that spread a leap second differ from those that do not by less than a second, for up
 * to a day. */
static bool
may_be_smeared(const struct round *r, const struct interval *v)
{
	bool announced = cause_leap_near(ticks_wall() - round_middle(v->lo, v->hi));
	int64_t lo = INT64_MAX, hi = INT64_MIN;

	for (size_t i = 0; i < r->n; i++) {
		announced |=
		    r->s[i].nsamples > 0 && (r->s[i].best.leap == 1 || r->s[i].best.leap == 2);
		if (r->st[i].place == ROUND_NO_VOTE)
			continue;
		lo = r->st[i].v.lo < lo ? r->st[i].v.lo : lo;
		hi = r->st[i].v.hi > hi ? r->st[i].v.hi : hi;
	}
	return announced && lo > INT64_MIN / 4 && hi < INT64_MAX / 4 && hi - lo < NS_S;
}

/* A server whose time the others do not share, or of whom nobody knows. */
static void
tell_alone(const struct round *r, const struct ballot *b, const char *says, struct item *it)
{
	struct arena *a = r->ctx->arena;

	it->state = ITEM_FOUND;
	if (b->gps_weeks > 0) {
		it->finding = "week-count";
		it->summary = arena_printf(
		    a, "%s: %u times 1024 weeks from this clock's", says, b->gps_weeks);
	} else if (may_be_smeared(r, &b->v)) {
		it->finding = "spread-second";
		it->summary = arena_printf(a,
		    "%s; a second is inserted or left out about now, and servers differ in how",
		    says);
	} else if (!r->v.majority) {
		it->state = ITEM_UNKNOWN;
		it->summary =
		    arena_printf(a, "%s; no majority of servers says whether it is right", says);
	} else {
		it->finding = "disagrees";
		it->summary = arena_printf(
		    a, "%s; %zu others agree on another time", says, round_agreeing(r));
	}
}

static void
tell_usable(const struct round *r, size_t i, struct item *it)
{
	struct arena *a = r->ctx->arena;
	const struct ballot *b = &r->st[i];
	char words[CLOCK_WORDS];
	const char *says;

	if (b->same != ROUND_NO_VOTE) {
		it->state = ITEM_FOUND;
		it->finding = "same-server";
		it->summary = arena_printf(
		    a, "is the same server as %s and was counted once", round_name(r, b->same));
		return;
	}
	it->metrics[0] = round_metric(r, b->v.lo, b->v.hi, false);
	it->nmetrics = 1;
	if (b->here) {
		it->state = ITEM_FOUND;
		it->finding = "this-computer";
		it->summary = b->stopgap ? "is this computer itself, which follows only its own "
					   "clock, and was not counted"
					 : "is this computer itself and was not counted";
		return;
	}
	clock_words(round_middle(b->v.lo, b->v.hi), round_radius(b->v.lo, b->v.hi), r->warn, words);
	says = arena_printf(a, "says this clock is %s", words);
	if (b->gps_weeks > 0 ||
	    (b->place != ROUND_NO_VOTE && (!r->v.majority || !r->votes[b->place].agrees)))
		tell_alone(r, b, says, it);
	else if (b->place == ROUND_NO_VOTE) /* a stopgap beside better ones */
		tell_quality(r, i, arena_printf(a, "%s (not counted)", says), it);
	else
		tell_quality(r, i, says, it);
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

/* The offsets of answers that do not fit the others, in seconds. */
static const char *
set_aside(struct arena *a, const struct ask_server *s, const struct ballot *b)
{
	const char *text = NULL;

	for (size_t k = 0; k < s->nsamples && k < CLOCK_SAMPLES_MAX; k++)
		if ((b->e.outside & 1U << k) != 0)
			text = text == NULL ? seconds(a, s->samples[k].s.offset)
					    : arena_printf(a, "%s, %s", text,
						  seconds(a, s->samples[k].s.offset));
	return text;
}

static void
server_evidence(
    struct arena *a, const struct ask_server *s, const struct ballot *b, struct item *it)
{
	char text[NET_ADDRESS_TEXT], id[REFUSAL_ID];

	if (s->naddresses > 0)
		evidence(it, "address",
		    arena_text(a, net_address_text(&s->addresses[s->address], text)));
	evidence(it, "requests", arena_printf(a, "%zu", s->nrequests));
	evidence(it, "samples", arena_printf(a, "%zu", s->nsamples));
	if (s->nrefused > 0)
		evidence(it, "answers refused", arena_printf(a, "%zu", s->nrefused));
	if (s->kiss[0] != '\0')
		evidence(it, "kiss code", s->kiss);
	if (s->held != NULL) {
		refusal_id(s->held, id);
		evidence(it, FINDING_KEY, arena_text(a, id));
	}
	if (s->fault != NTP_OK)
		evidence(it, "failed check", ntp_fault_check(s->fault));
	if (s->nsamples == 0)
		return;
	if (b->e.usable && b->e.outside != 0)
		evidence(it, "answers set aside", set_aside(a, s, b));
	if (s->nts != NULL)
		evidence(it, "proven by", "NTS, AEAD_AES_SIV_CMAC_256");
	evidence(it, "delay s", seconds(a, s->best_delay));
	evidence(it, "stratum", arena_printf(a, "%u", s->best.stratum));
	evidence(it, "reference", s->best.refid);
	evidence(it, "leap indicator", arena_printf(a, "%u", s->best.leap));
	evidence(it, "root delay s", seconds(a, s->best.root_delay));
	evidence(it, "root dispersion s", seconds(a, s->best.root_dispersion));
	evidence(it, "precision s", seconds(a, s->best.precision));
	evidence(it, "receive stamps", s->kernel_stamps ? "kernel" : "program");
	evidence(it, "send stamps", s->kernel_left ? "kernel" : "program");
}

void
report_server(const struct round *r, size_t i)
{
	struct evidence list[EVIDENCE_MAX];
	struct metric m[1];
	struct item it = { .target = round_target(r, i),
		.rule = "clock.server",
		.state = ITEM_FINE,
		.evidence = list,
		.metrics = m };

	if (r->st[i].e.usable)
		tell_usable(r, i, &it);
	else
		tell_silent(r, &r->s[i], &it);
	it.summary = arena_printf(r->ctx->arena, "Time server %s %s", round_name(r, i), it.summary);
	server_evidence(r->ctx->arena, &r->s[i], &r->st[i], &it);
	probe_emit(r->ctx, &it);
	report_nts_certificate(r, i);
}
