/* SPDX-License-Identifier: Apache-2.0
 *
 * world: what the daemon stands in and never changes while it runs: the clock, the store, the state
 * folder, the name of this computer.
 */
#ifndef DAEMON_WORLD_H
#define DAEMON_WORLD_H

#include "base/clk.h"
#include "store/store.h"

#include <stdint.h>

struct world {
	struct clk *clk;
	struct store *store;
	const char *state_dir;
	char host[256];
	uint64_t seed;   /* of what is drawn: jitter of runs and of tries */
	instant started; /* the daemon, by the wall clock of this computer */
};

/* clk, store and state_dir are lent. The seed comes from the host's name and the moment. */
void world_init(
    struct world *w, struct clk *clk, struct store *store, const char *state_dir, const char *host);

/* Any number; for jitter, not for secrets. */
uint64_t world_draw(struct world *w);

instant world_now(const struct world *w); /* the wall clock of this computer */
span world_boot(const struct world *w);   /* CLOCK_BOOTTIME: schedules, retries */
span world_mono(const struct world *w);   /* CLOCK_MONOTONIC: deadlines of processes */

#endif
