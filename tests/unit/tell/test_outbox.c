/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/outbox.h"
#include "tests/t.h"

static const struct {
	const char *name;
	enum outbox_pace pace;
	uint32_t tries;
	span asked, least, below;
} rows[] = {
	{ "the first wait", PACE_USUAL, 1, 0, SPAN_S, 2 * SPAN_S },
	{ "twice as long each time", PACE_USUAL, 2, 0, 2 * SPAN_S, 4 * SPAN_S },
	{ "the fifth", PACE_USUAL, 5, 0, 16 * SPAN_S, 32 * SPAN_S },
	{ "never more than that", PACE_USUAL, 40, 0, OUTBOX_LONGEST / 2, OUTBOX_LONGEST },
	{ "after a year too", PACE_USUAL, UINT32_MAX, 0, OUTBOX_LONGEST / 2, OUTBOX_LONGEST },
	{ "before any try", PACE_USUAL, 0, 0, SPAN_S, 2 * SPAN_S },
	{ "a person has to do something", PACE_SLOW, 1, 0, 30 * SPAN_S, SPAN_MIN },
	{ "a second time", PACE_SLOW, 2, 0, 150 * SPAN_S, 5 * SPAN_MIN },
	{ "from then on", PACE_SLOW, 3, 0, 450 * SPAN_S, 15 * SPAN_MIN },
	{ "after days", PACE_SLOW, 500, 0, 450 * SPAN_S, 15 * SPAN_MIN },
	{ "it wants no more", PACE_PAUSED, 1, 0, OUTBOX_PAUSED / 2, OUTBOX_PAUSED },
	{ "what the receiver asked for", PACE_USUAL, 1, SPAN_H, SPAN_H, SPAN_H + 1 },
	{ "asked for less than we wait", PACE_USUAL, 8, SPAN_S, 128 * SPAN_S, 256 * SPAN_S },
	{ "asked for nonsense", PACE_USUAL, 1, -SPAN_H, SPAN_S, 2 * SPAN_S },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		span lo = SPAN_MAX, hi = 0;

		for (uint64_t r = 0; r < 1000; r++) {
			span w = outbox_wait(rows[i].pace, rows[i].tries, rows[i].asked,
			    r * UINT64_C(0x9e3779b97f4a7c15));

			lo = w < lo ? w : lo;
			hi = w > hi ? w : hi;
		}
		T_TRUE(rows[i].name, lo >= rows[i].least && hi < rows[i].below);
		if (rows[i].asked <= 0)
			T_TRUE("and a fleet spreads", hi - lo > rows[i].least / 2);
	}
	return t_end();
}
