/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: systemd is asked once, then each entry is told.
 */
#include "report.h"

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	const struct services_conf *c = conf;
	struct units units;
	const char *why = ask_units(ctx, c, &units);

	(void)e;
	report_running(ctx, c, &units, why);
	report_timers(ctx, c, &units, why);
	report_anacron(ctx, c);
	report_mail(ctx, c);
	return 0;
}
