/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what a probe's work calls: items go to the main that started it, with the time that is left.
 */
#include "probes/probe.h"

#include <stdlib.h>
#include <string.h>

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

void
probe_keep(const struct probe_ctx *ctx, const char *target, const char *text)
{
	ctx->keep(ctx->self, target, text);
}

enum probe_kept
probe_kept(const struct probe_ctx *ctx, const char *path)
{
	char *real = realpath(path, NULL);
	const char *line = real != NULL ? ctx->guarded : NULL;
	enum probe_kept kept = PROBE_FREE;

	while (line != NULL && *line != '\0' && kept != PROBE_SECRET_AND_CERT) {
		size_t n = strcspn(line, "\n");

		if (*line != '=' && n - 1 == strlen(real) && strncmp(line + 1, real, n - 1) == 0)
			kept = *line == '+' ? PROBE_SECRET_AND_CERT : PROBE_SECRET;
		line += n + (line[n] == '\n');
	}
	free(real);
	return kept;
}

span
probe_left(const struct probe_ctx *ctx)
{
	span left = ctx->deadline - ctx->clk->mono(ctx->clk);

	return left > 0 ? left : 0;
}
