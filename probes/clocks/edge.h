/* SPDX-License-Identifier: Apache-2.0
 *
 * edge: narrows the difference of two clocks, answer by answer, also to a clock that tells whole
 * seconds only: there each answer says which second it stood in, the next question is sent so that
 * it arrives where the second should change, and each answer halves what is left. Pure: no clock is
 * read here. Nanoseconds; a difference is theirs - ours.
 *
 * It holds for who looks at the clock when it answers. One that does so now and then only is found
 * out when two answers contradict each other.
 */
#ifndef CLOCKS_EDGE_H
#define CLOCKS_EDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EDGE_DRIFT_PPM                                                                             \
	100 /* what two clocks may drift apart meanwhile: free quartz, 78 is usual                 \
	     */

struct edge {
	int64_t lo, hi; /* the difference lies within, at the moment `at` */
	int64_t at;     /* CLOCK_MONOTONIC */
	int64_t trip;   /* the shortest time from question to answer */
	size_t n;       /* answers so far */
};

/* What one answer says: their clock, when it answered, stood in [from, to), which was between the
 * moments `sent` and `received` of our wall clock; `mono` is when it was received. false: it
 * contradicts the answers before. */
bool edge_take(
    struct edge *e, int64_t from, int64_t to, int64_t sent, int64_t received, int64_t mono);

/* When to send the next question (wall clock, after `now`): it arrives as the second changes. */
int64_t edge_next(const struct edge *e, int64_t now);

/* Half of what is left, rounded up. */
int64_t edge_radius(const struct edge *e);

#endif
