/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the servers are asked, what they said is reported, then the kernel is looked at.
 */
#include "ask.h"
#include "kernel.h"
#include "report.h"
#include "ticks.h"

#define SHARP_PART 10             /* asked again while the bound is over a tenth of the limit */
#define TELL_TIME (200 * SPAN_MS) /* kept back for telling what was found */

static int
family(const char *name)
{
	return strcmp(name, "ipv4") == 0   ? AF_INET
	       : strcmp(name, "ipv6") == 0 ? AF_INET6
					   : AF_UNSPEC;
}

int
probe_run(const struct probe_ctx *ctx, const void *vconf, struct err *e)
{
	const struct clock_conf *conf = vconf;
	size_t n = conf->servers.n;
	struct ask_server *servers = arena_array(ctx->arena, n + 1, sizeof(*servers));
	span left = probe_left(ctx);
	struct ask_plan plan = {
		.samples = (size_t)conf->samples,
		.sharp = clock_warn_offset(conf) / SHARP_PART,
		.deadline = ticks_mono() + left - (left / 5 < TELL_TIME ? left / 5 : TELL_TIME),
		.family = family(conf->family),
		.arena = ctx->arena,
	};

	for (size_t i = 0; i < n; i++)
		if (clock_server_parse(conf->servers.v[i], &servers[i].where, e) < 0)
			return err_wrap(e, "servers");
	probe_note(ctx, "asking the time servers");
	if (n > 0 && ask_all(&plan, servers, n, e) < 0)
		return -1;
	report_all(ctx, conf, servers, n);
	kernel_check(ctx);
	return 0;
}
