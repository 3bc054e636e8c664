/* SPDX-License-Identifier: Apache-2.0
 *
 * ticks: the clocks of this machine in nanoseconds. Not by way of base/clk, whose microseconds are
 * too coarse for what this probe measures.
 */
#ifndef CLOCK_TICKS_H
#define CLOCK_TICKS_H

#include <stdint.h>

#define NS_S 1000000000LL

int64_t ticks_mono(void); /* CLOCK_MONOTONIC, ns */
int64_t ticks_wall(void); /* CLOCK_REALTIME, ns since 1970 */

/* The wall clock (ns since 1970) and CLOCK_BOOTTIME (ns) at one moment: of several pairs the one
 * that was read in the shortest time. */
void ticks_both(int64_t *wall, int64_t *boot);

/* Smallest step of CLOCK_REALTIME as seen from here, ns (RFC 5905, 11.1: precision). */
int64_t ticks_precision(void);

#endif
