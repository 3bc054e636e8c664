/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the items of clock.server that concern several servers: no names, no answers, one source.
 */
#include "report_several.h"

#include "upstream.h"

#include "probes/net/route.h"

bool
report_not_looked_up(const struct ask_server *s)
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
		if (!report_not_looked_up(&r->s[i]))
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

/* Whether requests left for that server and nothing at all came back: no answer, no refusal, no
 * word from a router. */
static bool
silent(const struct ask_server *s)
{
	return s->nrequests > 0 && s->nsamples == 0 && s->nrefused == 0 && s->fault == NTP_OK &&
	       s->kiss[0] == '\0' && s->net_error == 0 && s->stranger.len == 0;
}

bool
report_blocked(const struct round *r)
{
	struct item it = { .target = "this computer",
		.rule = "clock.server",
		.state = ITEM_FOUND,
		.finding = "all-silent" };

	if (r->n < 2)
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (!silent(&r->s[i]))
			return false;
	it.summary = arena_printf(r->ctx->arena,
	    "Nothing came back from any of %zu time servers, neither an answer nor a refusal",
	    r->n);
	probe_emit(r->ctx, &it);
	return true;
}

/* Whether server i votes and says what it follows. */
static bool
tells_source(const struct round *r, size_t i)
{
	return r->st[i].place != ROUND_NO_VOTE && upstream_names_source(&r->s[i].best);
}

/* How many votes follow what server i follows; 0 for a server that an earlier one stands for. */
static size_t
followers(const struct round *r, size_t i)
{
	size_t n = 0;

	for (size_t k = 0; k < r->n; k++) {
		if (!tells_source(r, k) || r->s[k].best.reference != r->s[i].best.reference)
			continue;
		if (k < i)
			return 0;
		n++;
	}
	return n;
}

void
report_one_source(const struct round *r)
{
	struct arena *a = r->ctx->arena;
	size_t most = 0, of = 0;
	struct item it = { .target = "all time servers",
		.rule = "clock.server",
		.state = ITEM_FOUND,
		.finding = "one-source" };

	for (size_t i = 0; i < r->n; i++) {
		size_t n = tells_source(r, i) ? followers(r, i) : 0;

		if (n > most) {
			most = n;
			of = i;
		}
	}
	if (most < 2 || most <= (r->nvotes - 1) / 2)
		return;
	it.summary = arena_printf(a, "%zu of %zu time servers follow one and the same source (%s)",
	    most, r->nvotes, r->s[of].best.refid);
	it.evidence = (struct evidence[]){ { "reference", r->s[of].best.refid } };
	it.nevidence = 1;
	probe_emit(r->ctx, &it);
}
