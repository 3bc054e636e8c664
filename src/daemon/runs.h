/* SPDX-License-Identifier: Apache-2.0
 *
 * runs: the checks' workers in flight, when each check is due, and what has landed. Knows nothing
 * of what a result means.
 */
#ifndef DAEMON_RUNS_H
#define DAEMON_RUNS_H

#include "daemon/ground.h"
#include "watch/flight.h"
#include "watch/sched.h"

#include <poll.h>

#define RUNS_PARALLEL 8 /* workers at once */

struct run {
	struct flight flight;
	struct result result;
	struct arena *arena; /* of the result */
	size_t check;        /* its place in the configuration */
};

struct runs {
	const struct ground *on;
	struct sched *sched;      /* of each check, in the order of the configuration */
	const char **not_started; /* of each: why its last worker could not be; NULL: it was */
	struct run flying[RUNS_PARALLEL];
	size_t nflying;
	struct run landed[RUNS_PARALLEL];
	size_t nlanded;
};

void runs_init(struct runs *r, const struct ground *on);
/* Kills what flies and forgets what landed; what killed workers left behind is for child_sweep. */
void runs_stop(struct runs *r);
void runs_fini(struct runs *r);

/* Another configuration is in force; runs_stop came before. */
void runs_adopt(struct runs *r);

/* The next check that is due now, while there is room for its worker. One that must wait because an
 * instrument measures is put off here. */
bool runs_due(struct runs *r, size_t *check);
void runs_start(struct runs *r, size_t check);

/* For poll(2): 2 * RUNS_PARALLEL places at most. */
size_t runs_poll(struct runs *r, struct pollfd *p);
void runs_handle(struct runs *r, const struct pollfd *p, size_t n);
/* CLOCK_BOOTTIME: when something must be done without an event of poll. */
span runs_next(const struct runs *r);

/* One that has landed: its result is lent until runs_done. */
bool runs_landed(struct runs *r, struct run *out);
void runs_done(struct run *landed);

/* Makes a check due now, all of them for "", or all whose probe has one of those needs. Returns how
 * many. */
size_t runs_hurry(struct runs *r, const char *check);
size_t runs_hurry_needing(struct runs *r, unsigned needs);

/* How many checks' workers could not be started at their last run; *why: of one of them, lent. */
size_t runs_not_started(const struct runs *r, const char **why);

/* The workers that fly, for child_sweep: RUNS_PARALLEL places at most. */
size_t runs_pids(const struct runs *r, pid_t *pids);
/* The id of the check whose worker that process is, lent; NULL: it is none. */
const char *runs_of_pid(const struct runs *r, pid_t pid);

#endif
