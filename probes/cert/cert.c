/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: files first, then endpoints.
 */
#include "probes/cert/cert.h"

#define ITEM_ARENA_MAX ((size_t)4 << 20)

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	struct cert_run run = {
		.ctx = ctx,
		.conf = conf,
		.now = ctx->clk->wall(ctx->clk),
		.item = arena_new(ITEM_ARENA_MAX),
	};

	(void)e;
	cert_files(&run);
	cert_endpoints(&run);
	arena_free(run.item);
	seen_fini(&run.chain);
	return 0;
}
