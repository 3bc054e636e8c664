/* SPDX-License-Identifier: Apache-2.0
 *
 * ground: the parts of the daemon that all others stand on, each in its own file. Who has it may
 * ask them; only the files of those parts write what they own.
 */
#ifndef DAEMON_GROUND_H
#define DAEMON_GROUND_H

#include "daemon/generation.h"
#include "daemon/hostclock.h"
#include "daemon/ledger.h"
#include "daemon/ways.h"
#include "daemon/world.h"

/* Lent for as long as the daemon runs: a reload changes what generation and ways hold, not where
 * they are. */
struct ground {
	struct world *world;
	struct ledger *ledger;
	struct generation *generation;
	struct ways *ways;
	struct hostclock *hostclock;
};

#endif
