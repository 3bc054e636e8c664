/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the clock, the store and the name of this computer, as the rest of the daemon is given them.
 */
#include "daemon/world.h"

#include <stdio.h>

void
world_init(
    struct world *w, struct clk *clk, struct store *store, const char *state_dir, const char *host)
{
	*w = (struct world){ .clk = clk, .store = store, .state_dir = state_dir };
	snprintf(w->host, sizeof(w->host), "%s", host);
	w->started = clk->wall(clk);
	for (const char *p = w->host; *p != '\0'; p++)
		w->seed = (w->seed ^ (unsigned char)*p) * UINT64_C(1099511628211);
	w->seed ^= (uint64_t)w->started;
}

uint64_t
world_draw(struct world *w)
{
	/* a linear congruential generator (Knuth, MMIX): enough for jitter */
	w->seed = w->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return w->seed >> 16;
}

instant
world_now(const struct world *w)
{
	return w->clk->wall(w->clk);
}

span
world_boot(const struct world *w)
{
	return w->clk->boot(w->clk);
}

span
world_mono(const struct world *w)
{
	return w->clk->mono(w->clk);
}
