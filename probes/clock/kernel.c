/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the item of clock.kernel.
 */
#include "kernel.h"

#include "clock.h"

#include <errno.h>

/* The kernel's bound grows by this from the last correction on (500 ppm: MAXFREQ of the kernel). */
#define GROWTH_US 500
/* Time services correct at least every 36 minutes or so; after two hours nobody does any more. */
#define FINE_US (2L * 60 * 60 * GROWTH_US)
#define NEVER_US 16000000       /* NTP_PHASE_LIMIT of the kernel: it grows no further */
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
	char ago[SPAN_TEXT];

	if (state < 0) {
		it.state = ITEM_UNKNOWN;
		it.summary = arena_printf(a,
		    "The system does not say whether a time service keeps this clock right (%s)",
		    strerror(error));
		probe_emit(ctx, &it);
		return;
	}
	/* The flag alone says little: services that do not write the RTC leave it set, and the
	 * kernel sets it only when its bound has grown to 16 s, nine hours after a service died. */
	if (t->maxerror < FINE_US) {
		it.summary = "A time service keeps this clock right, says the system";
	} else {
		it.state = ITEM_FOUND;
		it.finding = "not-kept-right";
		it.summary =
		    t->maxerror >= NEVER_US
			? "No time service keeps this clock right, says the system"
			: arena_printf(a,
			      "No time service has corrected this clock for up to %s, says "
			      "the system",
			      span_words((span)(t->maxerror / GROWTH_US) * SPAN_S, ago));
	}
	if ((t->status & (STA_INS | STA_DEL)) != 0)
		it.summary = arena_printf(a, "%s; its leap second: %s", it.summary, leap(t));
	it.evidence = (struct evidence[]){
		{ "adjtimex state", arena_printf(a, "%d", state) },
		{ "marked as not synchronised", (t->status & STA_UNSYNC) != 0 ? "yes" : "no" },
		{ "adjtimex status", arena_printf(a, "0x%x", (unsigned)t->status) },
		{ "leap second", leap(t) },
		{ "frequency ppm", arena_printf(a, "%.3f", (double)t->freq / FREQUENCY_SCALE) },
		{ "maximum error us", arena_printf(a, "%ld", t->maxerror) },
		{ "estimated error us", arena_printf(a, "%ld", t->esterror) },
		{ "TAI offset s", arena_printf(a, "%d", t->tai) },
	};
	it.nevidence = 8;
	probe_emit(ctx, &it);
}

void
kernel_check(const struct probe_ctx *ctx)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	kernel_tell(ctx, &t, state, errno);
}
