/* SPDX-License-Identifier: Apache-2.0
 *
 * drift: how fast this clock goes wrong by itself, from what earlier looks measured.
 */
#ifndef CLOCK_DRIFT_H
#define CLOCK_DRIFT_H

#include "clock.h"
#include "memory.h"

#define DRIFT_GAP (10 * SPAN_MIN) /* between two points that are kept */
#define DRIFT_LEAST SPAN_H        /* from the first point to the last, before a rate is told */

struct drift {
	double ppm;   /* the rate of this clock if nothing corrected it; fast is positive */
	double range; /* the true rate lies within ppm ± range */
	double left;  /* ppm: what remains of it while it is corrected, at most */
	span covered; /* from the first point to the last */
};

/* false: too few points, or too short a time. Pure. */
bool drift_of(const struct point *v, size_t n, struct drift *out);

/* How long an offset stays within the limit if nobody corrects the clock from now on, at least.
 * Pure. */
span drift_holds(const struct drift *d, int64_t offset, int64_t bound, int64_t limit);

/* Takes this look into the points of the memory, and emits clock.rate where a rate is known. */
void drift_tell(const struct probe_ctx *ctx, const struct clock_conf *conf, struct memory *m,
    const struct look *now);

#endif
