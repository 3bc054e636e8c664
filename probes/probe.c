/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a probe's work calls: items go to the main that started it, with the time that is left.
 */
#include "probes/probe.h"

void
probe_emit(const struct probe_ctx *ctx, const struct item *it)
{
	ctx->emit(ctx->self, it);
}

void
probe_note(const struct probe_ctx *ctx, const char *what)
{
	ctx->note(ctx->self, what);
}

void
probe_host_clock(const struct probe_ctx *ctx, double offset, double bound)
{
	ctx->host_clock(ctx->self, offset, bound);
}

span
probe_left(const struct probe_ctx *ctx)
{
	span left = ctx->deadline - ctx->clk->mono(ctx->clk);

	return left > 0 ? left : 0;
}
