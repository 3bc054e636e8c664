/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: what is known, one look at all places, what is told, what is kept.
 */
#include "backup.h"

#include "canary.h"
#include "items.h"

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	struct look l = { .ctx = ctx, .conf = conf, .now = ctx->clk->wall(ctx->clk) };

	memory_read(ctx, &l.memory);
	accepts_take(&l);
	look_all(&l);
	items_tell(&l);
	coverage_tell(&l);
	if (l.conf->canary_in != NULL)
		canary_keep(ctx, l.conf->canary_in, l.now);
	if (l.memory.trouble != NULL)
		probe_emit(ctx, &(struct item){ .target = "notes of earlier looks",
				    .rule = "backup.size",
				    .state = ITEM_UNKNOWN,
				    .summary = l.memory.trouble });
	if (l.memory.surplus > 0)
		probe_emit(ctx, &(struct item){ .target = "number of jobs",
				    .rule = "backup.age",
				    .state = ITEM_UNKNOWN,
				    .summary = arena_printf(ctx->arena,
					"%zu jobs are too many for one check", l.memory.surplus) });
	return memory_write(ctx, &l.memory, e);
}
