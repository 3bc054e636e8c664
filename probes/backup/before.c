/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what this worker's cell may write besides: the folder of the canaries.
 */
#include "backup.h"

#include "cell/sandbox.h"

void
probe_before(const struct probe_ctx *ctx, const void *conf)
{
	const struct backup_conf *c = conf;

	(void)ctx;
	if (c->canary_in != NULL)
		sandbox_also_make(c->canary_in);
}
