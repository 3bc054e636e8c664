/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the files are read, and each rule tells what it makes of them.
 */
#include "accounts.h"

#include "look.h"
#include "report.h"

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct accounts_conf *c = conf;
	struct look *l = arena_alloc(ctx->arena, sizeof(*l));

	if (look_around(ctx, c, l, e) < 0)
		return -1;
	report_admins(ctx, c, l);
	report_emergency(ctx, c, l);
	report_unsafe(ctx, l);
	report_shared(ctx, c, l);
	report_logins(ctx, l);
	return 0;
}
