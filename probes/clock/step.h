/* SPDX-License-Identifier: Apache-2.0
 *
 * step: what happened to the clock between two looks. CLOCK_REALTIME and CLOCK_BOOTTIME are slewed
 * alike, and both count a suspend, so their difference changes by what the clock was set, and by a
 * leap second. A computer that stood still and did not count it (a paused guest, a snapshot) is
 * known by true time, where both looks measured it. Pure.
 */
#ifndef CLOCK_STEP_H
#define CLOCK_STEP_H

#include "memory.h"

#define STEP_SMALL (1000 * 1000LL)           /* ns: two reads of both clocks differ by less */
#define STEP_BACK (5 * 1000 * 1000 * 1000LL) /* ns: scenarios name what is more a failure */
#define STEP_STILL (1000 * 1000 * 1000LL)    /* ns: a pause that is worth a word */
#define STEP_RATE 600                        /* ppm: a clock that nothing steers is off by less */

/* The clock was set by *by (ns, forward is positive) between the looks, and the computer stood
 * still for *still (ns, 0: it did not, or nobody knows). false: the looks cannot be compared
 * (another start of the kernel, no earlier look). */
bool step_find(const struct look *before, const struct look *now, int64_t *by, int64_t *still);

/* What that was: warn is the limit of an offset that is fine, ns. false: nothing to tell of
 * (nothing happened, or a clock that was right was set by little and is right). */
bool step_judge(const struct look *before, const struct look *now, int64_t warn, struct event *out);

#endif
