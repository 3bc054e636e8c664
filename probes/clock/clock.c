/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the servers are asked, what they said is reported, then the kernel is looked at.
 */
#include "ask.h"
#include "group.h"
#include "kernel.h"
#include "preset.h"
#include "rate.h"
#include "refusals.h"
#include "remember.h"
#include "report.h"
#include "ticks.h"

#define TELL_TIME (200 * SPAN_MS) /* kept back for telling what was found */

static int
family(const char *name)
{
	return strcmp(name, "ipv4") == 0   ? AF_INET
	       : strcmp(name, "ipv6") == 0 ? AF_INET6
					   : AF_UNSPEC;
}

/* The configured servers, with room behind them for the members of those that are names. NULL with
 * *e set. */
static struct ask_server *
servers_of(const struct probe_ctx *ctx, const struct clock_conf *conf, size_t *room, struct err *e)
{
	size_t n = conf->servers.n;
	struct clock_server *where = arena_array(ctx->arena, n + 1, sizeof(*where));
	struct ask_server *servers;
	struct net_address one;

	for (size_t i = 0; i < n; i++) {
		if (clock_server_parse(conf->servers.v[i], &where[i], e) < 0) {
			err_wrap(e, "servers");
			return NULL;
		}
		if (!net_address_parse(where[i].name, where[i].port, &one))
			*room += GROUP_MAX - 1;
	}
	servers = arena_array(ctx->arena, *room + 1, sizeof(*servers));
	for (size_t i = 0; i < n; i++)
		servers[i] = (struct ask_server){ .where = where[i], .configured = i };
	return servers;
}

void
probe_before(const struct probe_ctx *ctx, const void *vconf)
{
	const struct clock_conf *conf = vconf;

	(void)ctx;
	surroundings_look();
	if (nts_before != NULL)
		nts_before(conf->trust);
}

int
probe_run(const struct probe_ctx *ctx, const void *vconf, struct err *e)
{
	struct clock_conf limited = *(const struct clock_conf *)vconf;
	const struct clock_conf *conf = preset_apply(&limited);
	size_t n = conf->servers.n, room = n;
	struct ask_server *servers = servers_of(ctx, conf, &room, e);
	span left = probe_left(ctx);
	struct memory memory;
	struct told told;
	struct ask_plan plan = {
		.samples = (size_t)conf->samples,
		.warn = clock_warn_offset(conf),
		.max = conf->max_offset,
		.ppm = rate_of_kernel(),
		.deadline = ticks_mono() + left - (left / 5 < TELL_TIME ? left / 5 : TELL_TIME),
		.family = family(conf->family),
		.arena = ctx->arena,
		.memory = &memory,
		.ctx = ctx,
	};

	if (servers == NULL)
		return -1;
	memory_read(ctx, &memory);
	refusals_accept(&memory, ctx);
	probe_note(ctx, "asking the time servers");
	if (ask_with_nts(&plan, conf->trust, servers, &n, room, e) < 0)
		return -1;
	report_all(ctx, conf, servers, n, plan.ppm, &told);
	kernel_check(ctx);
	remember_tell(ctx, conf, &memory, &told, surroundings_seen());
	refusals_note(&memory, servers, n, ticks_wall(), ctx->arena);
	return memory_write(ctx, &memory, e);
}
