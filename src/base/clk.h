/* SPDX-License-Identifier: Apache-2.0
 *
 * clk: the only door to time. Waiting on the fake clock is jumping, so that days of a simulation
 * take milliseconds in a test.
 */
#ifndef BASE_CLK_H
#define BASE_CLK_H

#include "base/span.h"

struct clk {
	instant (*wall)(struct clk *); /* may jump: stamps, notAfter */
	span (*mono)(struct clk *);    /* CLOCK_MONOTONIC, never back: deadlines, intervals */
	span (*boot)(struct clk *); /* CLOCK_BOOTTIME: counts a suspend too: schedules, retries */
};

struct clk *clk_system(void); /* one for the process, never freed */

/* The system's clock, set to that moment when it is made, for what is looked at as of then. */
struct clk_as_of {
	struct clk clk;
	instant from;
	span mono;
};

void clk_as_of_init(struct clk_as_of *c, instant moment);

struct clk_fake {
	struct clk clk;
	instant wall_now;
	span mono_now, away; /* away: suspended so far */
};

void clk_fake_init(struct clk_fake *f, instant wall);
void clk_fake_pass(struct clk_fake *f, span d);

#endif
