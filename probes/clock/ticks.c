/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading this machine's clocks.
 */
#include "ticks.h"

#include <time.h>

#define BOTH_READS 5

int64_t
ticks_mono(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
}

int64_t
ticks_wall(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
}

int64_t
ticks_precision(void)
{
	int64_t least = 1000000, last = ticks_wall();

	for (int i = 0; i < 16; i++) {
		int64_t now = ticks_wall();

		if (now > last && now - last < least)
			least = now - last;
		last = now;
	}
	return least;
}

void
ticks_both(int64_t *wall, int64_t *boot)
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < BOTH_READS; i++) {
		struct timespec b;
		int64_t before = ticks_wall(), after;

		clock_gettime(CLOCK_BOOTTIME, &b);
		after = ticks_wall();
		if (i > 0 && (after < before || after - before >= best))
			continue;
		best = after - before;
		*wall = before + best / 2;
		*boot = (int64_t)b.tv_sec * NS_S + b.tv_nsec;
	}
}
