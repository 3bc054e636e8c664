/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what this worker's cell may read and write besides: the authorities that vouch for time
 * servers, the folders in which a machine's clock is read by a new file.
 */
#include "clocks.h"

#include "cell/sandbox.h"
#include "probes/clock/nts.h"

void
probe_before(const struct probe_ctx *ctx, const void *vconf)
{
	const struct clocks_conf *conf = vconf;
	struct clocks_target share;
	struct err e = { 0 };

	nts_before(conf->trust);
	for (size_t i = 0; i < conf->touch_in.n; i++)
		if (clocks_share_parse(conf->touch_in.v[i], &share, &e) == 0)
			sandbox_also_make(arena_text(ctx->arena, share.at.url));
}
