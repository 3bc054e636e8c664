/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the system's clock, and the fake one that only moves when it is told.
 */
#include "base/clk.h"

#include <time.h>

static instant
system_wall(struct clk *c)
{
	struct timespec ts;

	(void)c;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (instant)ts.tv_sec * INSTANT_S + ts.tv_nsec / 1000;
}

static span
system_mono(struct clk *c)
{
	struct timespec ts;

	(void)c;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (span)ts.tv_sec * SPAN_S + ts.tv_nsec;
}

static span
system_boot(struct clk *c)
{
	struct timespec ts;

	(void)c;
	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (span)ts.tv_sec * SPAN_S + ts.tv_nsec;
}

struct clk *
clk_system(void)
{
	static struct clk c = { system_wall, system_mono, system_boot };

	return &c;
}

static instant
as_of_wall(struct clk *c)
{
	const struct clk_as_of *a = (const struct clk_as_of *)c;

	return instant_plus(a->from, system_mono(c) - a->mono);
}

void
clk_as_of_init(struct clk_as_of *c, instant moment)
{
	*c = (struct clk_as_of){ .clk = { as_of_wall, system_mono, system_boot }, .from = moment };
	c->mono = system_mono(&c->clk);
}

static instant
fake_wall(struct clk *c)
{
	return ((struct clk_fake *)c)->wall_now;
}

static span
fake_mono(struct clk *c)
{
	return ((struct clk_fake *)c)->mono_now;
}

static span
fake_boot(struct clk *c)
{
	return ((struct clk_fake *)c)->mono_now + ((struct clk_fake *)c)->away;
}

void
clk_fake_init(struct clk_fake *f, instant wall)
{
	f->clk = (struct clk){ fake_wall, fake_mono, fake_boot };
	f->wall_now = wall;
	f->mono_now = f->away = 0;
}

void
clk_fake_pass(struct clk_fake *f, span d)
{
	f->wall_now = instant_plus(f->wall_now, d);
	f->mono_now += d;
}
