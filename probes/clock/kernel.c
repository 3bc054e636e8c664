/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the item of clock.kernel.
 */
#include "kernel.h"

#include "clock.h"

#include <errno.h>

#define FREQUENCY_SCALE 65536.0 /* ppm with 16 bits after the point */

static const char *
leap(const struct timex *t)
{
	if (t->status & STA_INS)
		return "a second is to be inserted at the end of the day (UTC)";
	if (t->status & STA_DEL)
		return "a second is to be left out at the end of the day (UTC)";
	return "none is due";
}

void
kernel_tell(const struct probe_ctx *ctx, const struct timex *t, int state, int error)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = CLOCK_TARGET, .rule = "clock.kernel", .state = ITEM_FINE };

	if (state < 0) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(a,
		    "The system does not say whether a time service keeps this clock right (%s)",
		    strerror(error));
		probe_emit(ctx, &it);
		return;
	}
	it.summary = "A time service keeps this clock right, says the system";
	if (state == TIME_ERROR || (t->status & STA_UNSYNC) != 0) {
		it.state = ITEM_FOUND;
		it.finding = "not-kept-right";
		it.summary = "No time service keeps this clock right, says the system";
	}
	it.evidence = (struct evidence[]){
		{ "adjtimex state", arena_printf(a, "%d", state) },
		{ "adjtimex status", arena_printf(a, "0x%x", (unsigned)t->status) },
		{ "leap second", leap(t) },
		{ "frequency ppm", arena_printf(a, "%.3f", (double)t->freq / FREQUENCY_SCALE) },
		{ "maximum error us", arena_printf(a, "%ld", t->maxerror) },
		{ "estimated error us", arena_printf(a, "%ld", t->esterror) },
		{ "TAI offset s", arena_printf(a, "%d", t->tai) },
	};
	it.nevidence = 7;
	probe_emit(ctx, &it);
}

void
kernel_check(const struct probe_ctx *ctx)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	kernel_tell(ctx, &t, state, errno);
}
