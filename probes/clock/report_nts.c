/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the words about servers with nts://: their proofs and their certificates.
 */
#include "report_nts.h"

#include "ticks.h"

#include <time.h>

/* "2026-11-30 12:00 UTC" */
static const char *
moment(struct arena *a, int64_t s)
{
	time_t t = (time_t)s;
	struct tm tm;
	char text[32];

	gmtime_r(&t, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M UTC", &tm);
	return arena_text(a, text);
}

/* The certificate is not valid today, or this clock shows another day. Other servers may know. */
static void
tell_outside(const struct round *r, const struct nts_seen *n, struct item *it)
{
	struct arena *a = r->ctx->arena;
	int64_t shown = ticks_wall() / NS_S, real = shown;
	const char *dates = arena_printf(a,
	    "its certificate is valid from %s to %s, and this "
	    "computer shows %s",
	    moment(a, n->from), moment(a, n->to), moment(a, shown));

	it->finding = "clock-or-certificate";
	if (!r->v.majority) {
		it->summary =
		    arena_printf(a, "cannot prove its time: %s; one of the two is wrong", dates);
		return;
	}
	real -= round_middle(r->v.lo, r->v.hi) / NS_S;
	if (real >= n->from && real <= n->to) {
		it->summary = arena_printf(a,
		    "cannot prove its time: %s; other servers say that this clock is wrong", dates);
		return;
	}
	it->finding = "certificate";
	it->summary = arena_printf(a,
	    "cannot prove its time: %s; other servers say that this clock shows the right day",
	    dates);
}

void
report_nts(const struct round *r, const struct ask_server *s, struct item *it)
{
	const struct nts_seen *n = s->nts;

	it->state = ITEM_FOUND;
	if (n == NULL) {
		it->state = ITEM_UNKNOWN;
		it->summary =
		    "was not asked for authenticated time in time, and plain time is not taken "
		    "instead";
	} else if (n->outside) {
		tell_outside(r, n, it);
	} else {
		it->finding = n->unproven ? "not-proven" : "no-answer";
		it->summary = n->why;
	}
}

void
report_nts_certificate(const struct round *r, size_t i)
{
	const struct nts_seen *n = r->s[i].nts;
	struct item it = {
		.target = r->conf->servers.v[i], .rule = "clock.certificate", .state = ITEM_FINE
	};

	if (n == NULL || !n->proven || n->to == 0)
		return;
	/* the last second belongs to it */
	it.deadline = (struct deadline){ .kind = DEADLINE_KNOWN,
		.at = (n->to + 1) * INSTANT_S,
		.earliest = (n->to + 1) * INSTANT_S,
		.latest = (n->to + 1) * INSTANT_S,
		.life = (n->to - n->from) * SPAN_S };
	it.summary =
	    arena_printf(r->ctx->arena, "The certificate of time server %s is valid until %s",
		it.target, moment(r->ctx->arena, n->to));
	probe_emit(r->ctx, &it);
}
