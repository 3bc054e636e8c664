/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the item of clock.leap.
 */
#include "leap.h"

#include "clock.h"
#include "ticks.h"

#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

int64_t
leap_moment(int64_t wall)
{
	time_t s = wall / NS_S;
	struct tm tm;

	if (gmtime_r(&s, &tm) == NULL)
		return s;
	tm.tm_mon++;
	tm.tm_mday = 1;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return timegm(&tm);
}

/* What this computer's own clock is prepared for. */
static const char *
prepared(void)
{
	struct timex t = { .modes = 0 };

	if (adjtimex(&t) < 0)
		return "not known";
	if ((t.status & (STA_INS | STA_DEL)) != 0)
		return "yes";
	return "not yet";
}

void
leap_tell(const struct probe_ctx *ctx, const struct told *told, int64_t wall)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = CLOCK_TARGET,
		.rule = "clock.leap",
		.state = ITEM_FOUND,
		.finding = "announced" };
	time_t last = leap_moment(wall) - 1;
	char day[32];
	struct tm tm;

	if (told->leap == 0 || gmtime_r(&last, &tm) == NULL)
		return;
	strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	it.summary = arena_printf(a,
	    "A leap second will be %s at the end of %s (UTC), say %zu of %zu time servers",
	    told->leap > 0 ? "inserted" : "left out", day, told->leap_votes, told->votes);
	it.evidence = (struct evidence[]){ { "leap second", told->leap > 0 ? "+1" : "-1" },
		{ "at the end of", arena_text(a, day) }, { "the kernel is prepared", prepared() } };
	it.nevidence = 3;
	probe_emit(ctx, &it);
}
