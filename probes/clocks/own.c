/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns measuring our own clock, by the same servers and votes as the check `clock`.
 */
#include "own.h"

#include "probes/clock/ask.h"
#include "probes/clock/group.h"
#include "probes/clock/rate.h"
#include "probes/clock/round.h"
#include "probes/clock/ticks.h"

#define SAMPLES 4

static const char *
reason(const struct round *r, size_t configured)
{
	if (configured == 0)
		return "no time server is named in `servers`";
	if (r->nvotes == 0)
		return "no time server in `servers` gave a usable answer";
	if (!r->v.majority)
		return "the time servers in `servers` do not agree";
	return "the time servers in `servers` follow only their own clocks";
}

/* The configured servers, with room behind them for the members of those that are names. NULL with
 * *e set. */
static struct ask_server *
read_servers(const struct texts *texts, struct arena *a, struct err *e)
{
	struct ask_server *servers = arena_array(a, texts->n * GROUP_MAX + 1, sizeof(*servers));

	for (size_t i = 0; i < texts->n; i++) {
		servers[i].configured = i;
		if (clock_server_parse(texts->v[i], &servers[i].where, e) < 0) {
			err_wrap(e, "servers");
			return NULL;
		}
	}
	return servers;
}

int
own_measure(const struct probe_ctx *ctx, const struct clocks_conf *conf, int family, int64_t until,
    struct own *out, struct err *e)
{
	struct clock_conf as_clock = { .servers = conf->servers,
		.samples = SAMPLES,
		.max_offset = conf->max_offset,
		.warn_offset = clocks_warn_offset(conf) };
	struct ask_plan plan = { .samples = SAMPLES,
		.warn = as_clock.warn_offset,
		.max = conf->max_offset,
		.ppm = rate_of_kernel(),
		.deadline = until,
		.family = family,
		.arena = ctx->arena,
		.ctx = ctx };
	struct round r = { .ctx = ctx,
		.conf = &as_clock,
		.s = read_servers(&conf->servers, ctx->arena, e),
		.n = conf->servers.n,
		.warn = as_clock.warn_offset,
		.ppm = plan.ppm };

	if (r.s == NULL)
		return -1;
	if (ask_with_nts(&plan, conf->trust, r.s, &r.n, r.n * GROUP_MAX, e) < 0)
		return -1;
	round_count(&r);
	out->mono = ticks_mono();
	out->measured = r.v.majority && !r.stopgaps;
	out->lo = r.v.lo;
	out->hi = r.v.hi;
	out->why = reason(&r, conf->servers.n);
	return 0;
}

int64_t
own_age(const struct own *own, int64_t mono)
{
	int64_t apart = mono > own->mono ? mono - own->mono : own->mono - mono;

	return apart / 1000000 * OWN_DRIFT_PPM + 1;
}
