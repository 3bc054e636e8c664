/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what all ways to ask a machine share.
 */
#include "look_ways.h"

#include "probes/clock/ticks.h"

#include <stdarg.h>
#include <stdio.h>

#define STEP_MIN (1000000LL) /* ns: the two clocks are not read at the same moment */
#define SLEW_PPM 1000        /* adjtime(3) slews by 500 ppm */

bool
look_failed(struct look *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(l->why, sizeof(l->why), fmt, ap);
	va_end(ap);
	return false;
}

bool
look_unset(int64_t wall, int64_t mono)
{
	int64_t took = ticks_mono() - mono;
	int64_t moved = ticks_wall() - wall - took;
	int64_t allowed = STEP_MIN + took / 1000000 * SLEW_PPM;

	return moved < allowed && -moved < allowed;
}

int64_t
look_patience(const struct look_terms *t)
{
	int64_t end = ticks_mono() + LOOK_PATIENCE;

	return end < t->until ? end : t->until;
}
