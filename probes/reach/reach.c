/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: which places are asked, all at once, and that what became of them is told and noted.
 */
#include "reach.h"

#include "report.h"

#include "probes/net/address.h"
#include "probes/tls/stream.h"

#include <signal.h>
#include <string.h>

#define TELL_TIME (300 * SPAN_MS) /* kept back for telling what was found */

static int
add_list(struct reach_run *r, size_t *n, const struct texts *list, struct err *e)
{
	for (size_t i = 0; i < list->n; i++) {
		struct reach_target *t = arena_alloc(r->ctx->arena, sizeof(*t));

		if (reach_target_parse(list->v[i], t, e) < 0)
			return -1;
		r->v[(*n)++].target = t;
	}
	return 0;
}

/* Each resolver for each name of a target, once; addresses in figures need no resolver. */
static int
add_resolvers(struct reach_run *r, size_t *n, struct err *e)
{
	struct net_address unused;
	size_t first = *n;

	for (size_t i = 0; i < r->nresolvers; i++) {
		struct reach_target *at = arena_alloc(r->ctx->arena, sizeof(*at));

		if (reach_resolver_parse(r->conf->resolvers.v[i], at, e) < 0)
			return -1;
		for (size_t k = 0; k < r->ntargets; k++) {
			const struct reach_target *of = r->v[k].target;
			struct reach_target *name;

			if (net_address_parse(of->at.host, of->at.port, &unused) ||
			    *n >= ATTEMPTS_MAX)
				continue;
			name = arena_alloc(r->ctx->arena, sizeof(*name));
			*name = *of;
			name->way = REACH_DNS;
			name->at.url =
			    arena_printf(r->ctx->arena, "dns://%s@%s", of->at.host, at->at.url);
			r->v[(*n)++] = (struct attempt){ .target = name, .resolver = at };
		}
		if (i == 0)
			r->nnames = *n - first;
	}
	return 0;
}

static SSL_CTX *
context(void)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

	if (ctx != NULL) /* dates and authorities are the business of the probe cert */
		SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
	return ctx;
}

int
probe_run(const struct probe_ctx *ctx, const void *vconf, struct err *e)
{
	const struct reach_conf *conf = vconf;
	struct week_hours hours;
	struct reach_run r = { .ctx = ctx,
		.conf = conf,
		.v = arena_array(ctx->arena, ATTEMPTS_MAX, sizeof(*r.v)),
		.ntargets = conf->targets.n,
		.nreferences = conf->references.n,
		.nclosed = conf->closed.n,
		.nresolvers = conf->resolvers.n,
		.now = ctx->clk->wall(ctx->clk) };
	struct attempt_terms terms = { .conf = conf,
		.until = stream_mono() + probe_left(ctx) - TELL_TIME,
		.replay = ctx->handed->replay };
	size_t n = 0;

	signal(SIGPIPE, SIG_IGN);
	memory_read(ctx, &r.memory);
	if (conf->hours != NULL) {
		if (week_hours_parse(conf->hours, &hours, e) < 0)
			return -1;
		r.hours = &hours;
	}
	if (add_list(&r, &n, &conf->targets, e) < 0 || add_list(&r, &n, &conf->references, e) < 0 ||
	    add_list(&r, &n, &conf->closed, e) < 0 || add_resolvers(&r, &n, e) < 0)
		return -1;
	terms.tls = context();
	probe_note(ctx, "asking the places");
	if (attempts(&terms, r.v, n, e) < 0)
		return -1;
	report_all(&r);
	return memory_write(ctx, &r.memory, e);
}
