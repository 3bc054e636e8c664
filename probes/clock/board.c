/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the item of clock.rtc.
 */
#include "board.h"

#include "clock.h"
#include "ticks.h"

#include <stdlib.h>

#define QUARTER (900 * NS_S) /* every zone is off by whole ones */

/* RTC - true, ns. It counts whole seconds: half of one is added. */
static int64_t
offset_of(const struct told *told, const struct surroundings *s)
{
	int64_t off = s->rtc_s * NS_S + NS_S / 2 - (s->rtc_wall - told->offset);

	if (!s->rtc_local)
		return off;
	off %= QUARTER;
	return off > QUARTER / 2 ? off - QUARTER : off < -QUARTER / 2 ? off + QUARTER : off;
}

void
board_tell(const struct probe_ctx *ctx, const struct told *told, const struct surroundings *s)
{
	struct arena *a = ctx->arena;
	struct item it = { .target = CLOCK_TARGET, .rule = "clock.rtc", .state = ITEM_FINE };
	char words[SPAN_TEXT];
	int64_t off;

	if (!s->rtc || !told->measured)
		return;
	off = offset_of(told, s);
	if (llabs(off) > BOARD_WRONG + told->bound) {
		it.state = ITEM_FOUND;
		it.finding = "off";
	}
	it.summary =
	    arena_printf(a, "The clock of the board, which this computer starts with, is %s %s",
		span_words(llabs(off), words), off < 0 ? "slow" : "fast");
	it.evidence = (struct evidence[]){
		{ "offset s", arena_printf(a, "%.1f", (double)off / (double)NS_S) },
		{ "keeps", s->rtc_local ? "local time" : "UTC" }
	};
	it.nevidence = 2;
	probe_emit(ctx, &it);
}
