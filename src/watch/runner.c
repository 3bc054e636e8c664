/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the workers that run side by side, until all have landed.
 */
#include "watch/runner.h"

#include "watch/flight.h"

#include <poll.h>

#define PARALLEL_MAX 64
#define TICK (100 * SPAN_MS)

struct air {
	const struct runner *r;
	struct flight flights[PARALLEL_MAX];
	size_t n;
};

static void
land(struct air *air, size_t i)
{
	pid_t live[PARALLEL_MAX];

	flight_land(&air->flights[i], air->r->clk);
	air->flights[i] = air->flights[--air->n];
	for (size_t k = 0; k < air->n; k++)
		live[k] = air->flights[k].child.pid;
	child_sweep(live, air->n);
}

/* Milliseconds until the next deadline or tick, rounded up. */
static int
poll_time(const struct air *air, span now)
{
	/* a signal that comes just before the poll is seen at the next tick */
	bool ticks = air->r->progress != NULL || air->r->stop != NULL;
	span until = ticks ? now + TICK : SPAN_MAX;

	for (size_t i = 0; i < air->n; i++)
		if (air->flights[i].kill_at < until)
			until = air->flights[i].kill_at;
	return until <= now ? 0 : (int)((until - now + SPAN_MS - 1) / SPAN_MS);
}

/* Waits once and takes what came. */
static void
step(struct air *air)
{
	struct clk *clk = air->r->clk;
	struct pollfd p[2 * PARALLEL_MAX];
	size_t n = air->n;

	for (size_t i = 0; i < n; i++) {
		p[2 * i] = (struct pollfd){ air->flights[i].child.fd, POLLIN, 0 };
		p[2 * i + 1] = (struct pollfd){ air->flights[i].child.err_fd, POLLIN, 0 };
	}
	if (poll(p, 2 * n, poll_time(air, clk->mono(clk))) < 0)
		return;
	/* from the back, since landing moves the last one forward */
	for (size_t i = n; i-- > 0;) {
		struct flight *f = &air->flights[i];

		if (p[2 * i + 1].revents != 0)
			flight_read_stderr(f);
		if (p[2 * i].revents != 0 && !flight_read(f)) {
			land(air, i);
		} else if (clk->mono(clk) >= f->kill_at) {
			flight_expire(f);
			land(air, i);
		}
	}
}

static bool
stopped(const struct runner *r)
{
	return r->stop != NULL && *r->stop != 0;
}

void
runner_run(const struct runner *r, const struct run_spec *specs, size_t n, struct arena *a,
    struct result *out)
{
	struct air *air = arena_alloc(a, sizeof(*air));
	span started = r->clk->mono(r->clk);
	size_t next = 0;

	air->r = r;
	child_become_reaper();
	while ((next < n || air->n > 0) && !stopped(r)) {
		while (next < n && air->n < r->parallel && air->n < PARALLEL_MAX) {
			if (flight_start(&air->flights[air->n], r, &specs[next], &out[next], a) ==
			    0)
				air->n++;
			next++;
		}
		if (air->n > 0)
			step(air);
		if (r->progress != NULL)
			r->progress(r->self, next - air->n, n, r->clk->mono(r->clk) - started);
	}
	while (air->n > 0)
		land(air, air->n - 1);
}
