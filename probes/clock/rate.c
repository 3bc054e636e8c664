/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the limit of this clock's rate.
 */
#include "rate.h"

#include <stdlib.h>

#define TICKS_S 100      /* of struct timex, whatever the kernel's own are (USER_HZ) */
#define TICK_US 10000    /* the length of one, microseconds, when nothing is corrected by it */
#define LOOP_SHIFT 2     /* SHIFT_PLL of the kernel: its loop takes a part of offset each second */
#define LOOP_CONSTANT 10 /* MAXTC of the kernel */

/* What the kernel's own loop is moving the clock by just now, ppm. */
static int64_t
moving(const struct timex *t)
{
	int64_t us = labs(t->offset) / (t->status & STA_NANO ? 1000 : 1);
	long by = t->constant < 0 ? 0 : t->constant > LOOP_CONSTANT ? LOOP_CONSTANT : t->constant;

	return us >> (LOOP_SHIFT + by);
}

int64_t
rate_most(const struct timex *t, int state)
{
	int64_t by_tick = labs(t->tick - TICK_US) * TICKS_S;

	if (state < 0)
		return RATE_FREE;
	if (state == TIME_ERROR || (t->status & STA_UNSYNC) != 0)
		return RATE_FREE + by_tick;
	return RATE_KEPT + by_tick + moving(t);
}

int64_t
rate_of_kernel(void)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	return rate_most(&t, state);
}
