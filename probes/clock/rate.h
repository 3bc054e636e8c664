/* SPDX-License-Identifier: Apache-2.0
 *
 * rate: how wrong the rate of this clock may be for a few seconds, by what the kernel says.
 */
#ifndef CLOCK_RATE_H
#define CLOCK_RATE_H

#include <stdint.h>
#include <sys/timex.h>

#define RATE_FREE                                                                                  \
	500           /* ppm: the most that a service can correct (MAXFREQ); crystals are better   \
		       */
#define RATE_KEPT 100 /* ppm: a service keeps it right, and may be moving it gently */

/* ppm, never less than RATE_KEPT. state: what adjtimex(2) returned; -1: it does not say. Pure. */
int64_t rate_most(const struct timex *t, int state);

/* The same of this machine's kernel, which is only read. */
int64_t rate_of_kernel(void);

#endif
