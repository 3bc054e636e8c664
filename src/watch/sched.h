/* SPDX-License-Identifier: Apache-2.0
 *
 * sched: when each check runs next. Pure; on CLOCK_BOOTTIME, so that a suspend counts and a jump of
 * the wall clock does not. One run in flight a check: one that takes longer than its interval skips
 * what it has missed. Runs are spread by a jitter that is drawn from the check's name and the host,
 * so that a fleet that starts at once does not ask at once.
 */
#ifndef WATCH_SCHED_H
#define WATCH_SCHED_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHED_SPREAD_MAX (20 * SPAN_S) /* first runs come within it, or a tenth of the interval */
#define SCHED_JITTER 20                /* part of the interval: each run is up to 1/20 early */

struct sched {
	const char *id; /* lent */
	span every, due;
	span waits_since; /* it was due then and has been postponed; 0: no */
	bool running;
	uint64_t seed;
};

/* last_age: how old the newest result is; SPAN_MAX: there is none. A result that is still young
 * need not be made again at once. */
void sched_init(
    struct sched *c, const char *id, uint64_t host, span every, span now, span last_age);

/* The check that waits longest and is due; n: none. */
size_t sched_pick(const struct sched *c, size_t n, span now);
void sched_start(struct sched *c, span now); /* now: when it begins */
void sched_end(struct sched *c);
void sched_postpone(struct sched *c, span until);

/* When the next one is due that is not running; SPAN_MAX: none. */
span sched_next(const struct sched *c, size_t n);

#endif
