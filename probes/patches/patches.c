/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the computer is looked at, each rule tells what it makes of it, and what waits is
 * kept.
 */
#include "patches.h"

#include "look.h"
#include "report.h"

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct patches_conf *c = conf;
	struct look *l = arena_alloc(ctx->arena, sizeof(*l));
	struct waitings w;

	look_around(ctx, c, l);
	waitings_find(l, ctx->arena, &w);
	report_age(ctx, c, l, &w);
	report_blocked(ctx, l, &w);
	report_lists(ctx, l);
	report_reboot(ctx, l);
	report_support(ctx, c, l);
	report_sources(ctx, l);
	/* a run that saw nothing forgets nothing; one that could not read starts anew */
	if (l->no_apt != NULL)
		return 0;
	return memory_save(ctx->state_fd, &l->memory, e) < 0 ? err_wrap(e, "its own folder") : 0;
}
