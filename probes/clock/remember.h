/* SPDX-License-Identifier: Apache-2.0
 *
 * remember: what this look and the ones before it say together: steps, the time zone, the clock of
 * the board, leap seconds, the rate.
 */
#ifndef CLOCK_REMEMBER_H
#define CLOCK_REMEMBER_H

#include "clock.h"
#include "memory.h"
#include "report.h"
#include "surroundings.h"

/* One look: the clocks now, what was measured, what surrounds it. */
struct look remember_look(const struct told *told, const struct surroundings *s);

/* Emits clock.step, clock.zone, clock.rtc and clock.leap, and takes the look into the memory. */
void remember_tell(const struct probe_ctx *ctx, const struct clock_conf *conf, struct memory *m,
    const struct told *told, const struct surroundings *s);

#endif
