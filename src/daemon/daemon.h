/* SPDX-License-Identifier: Apache-2.0
 *
 * daemon: all parts of forewarnd. Seen by forewarnd.c (one turn), reload.c (another configuration),
 * daemon.c (their children) and main.c only: a part knows those below it, and writes only what it
 * owns. One thread; nothing in it waits for anything but the disk.
 *
 *   journal      one line to stderr
 *   world        clock, store, state folder, host
 *   ledger       a transaction, and what is said only after it
 *   generation   the configuration in force; fingerprints
 *   ways         its sinks as ways to tell
 *   hostclock    how far the clock of this computer is off; jumps
 *   results      newest result of each check
 *   counts       things by level
 *   context      silences, exceptions, parents of one fingerprint
 *   teller       events, their numbers, letters
 *   take         result -> judged -> standings and letters, in one transaction
 *   tick         what changes by the passing of time alone
 *   rename       another name of the site or the host
 *   again        what receivers that forget hear again
 *   accepted     findings that people accepted, and what checks have kept here
 *   checkpoint   what is kept goes out once a day
 *   digest       the first look at a new machine, the plan of the day
 *   routes       test alerts, and who has confirmed that they arrive
 *   runs         workers in flight, when each check is due; hands out what has landed
 *   posts        sink cells at work; how each sink does
 *   gauges       the same for collectors
 *   old_degraded what 0.1.0 told of dead sinks ends
 *   commanded    programs of ours that asked to change what is told
 *   self         the check that the daemon makes of itself
 *   desk         who asks at the socket (asking, answers, deeds, series)
 */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include "daemon/commanded.h"
#include "daemon/desk.h"
#include "daemon/digest.h"
#include "daemon/gauges.h"
#include "daemon/ground.h"
#include "daemon/posts.h"
#include "daemon/runs.h"
#include "daemon/self.h"

/* Descriptors in one poll: two of main.c's, workers with their stderr, sink cells, clients. */
#define DAEMON_POLL (2 + 2 * RUNS_PARALLEL + WAYS_MAX + DESK_POLL)

struct daemon {
	struct world world;
	struct ledger ledger;
	struct generation generation;
	struct ways ways;
	struct hostclock hostclock;
	struct ground ground; /* the five above, as the others are given them */
	struct digest digest;
	struct runs runs;
	struct posts posts;
	struct gauges gauges;
	struct commanded commanded;
	struct self self;
	struct desk desk;

	const char *conf_path;
	bool own_conf;  /* nobody has written a configuration yet: one of our own is in force */
	span next_wait; /* CLOCK_BOOTTIME: nothing waits longer for what it hangs on; SPAN_MAX */
	span next_tick, next_heartbeat, next_again, next_thin; /* CLOCK_BOOTTIME */
	bool stopping;

	/* Waits until one of the descriptors is ready or that moment of CLOCK_BOOTTIME has come;
	 * p[0] and p[1] are its own to fill. -1: it cannot. */
	int (*wait)(struct daemon *d, struct pollfd *p, size_t n, span until);
	int signals, timer; /* main.c's, of that */
};

/* What the daemon is started with; all lent. */
struct daemon_world {
	struct clk *clk;
	const char *state_dir, *host, *sink_program;
	const char *conf_path;
	bool own_conf; /* nobody named a configuration: where there is none, one of our own will do
			*/
};

/* Reads the configuration, opens the store, takes the configuration into force. The exit code of
 * sysexits.h, 0: it may turn. daemon_close belongs to it in any case. */
int daemon_open(struct daemon *d, const struct daemon_world *w);
void daemon_close(struct daemon *d);

/* One turn: what is due is begun, what has come is handled. -1: waiting is not possible. */
int daemon_step(struct daemon *d);

/* ---- reload.c */

/* Reads the configuration anew. One with a fault, or that cannot be built, leaves all as it was. */
void daemon_reload(struct daemon *d);
/* The first one: NULL when it has faults, which the journal names; and into force, taking it over.
 * -1: it cannot be built, and the journal says why. */
struct conf *daemon_read_first(struct daemon *d);
int daemon_install_first(struct daemon *d, struct conf *c);

/* Kills what children of ended workers have left behind (daemon.c). */
void daemon_sweep(struct daemon *d);

#endif
