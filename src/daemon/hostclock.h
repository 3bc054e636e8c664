/* SPDX-License-Identifier: Apache-2.0
 *
 * hostclock: what is known of the clock of this computer: how far it is off, as last measured, and
 * since when it has run without a jump or a suspend.
 */
#ifndef DAEMON_HOSTCLOCK_H
#define DAEMON_HOSTCLOCK_H

#include "daemon/world.h"
#include "model/result.h"

#define HOSTCLOCK_FRESH (2 * SPAN_H) /* how long a measured offset is used for stamps */
#define HOSTCLOCK_JUMP (2 * SPAN_S)  /* the wall clock moved that far against CLOCK_BOOTTIME */
/* How fast a clock that nobody corrects may go wrong: five times what crystals do, and as fast as
 * adjtimex(2) lets it be slewed. */
#define HOSTCLOCK_DRIFT 500e-6
/* A jump of a clock that was never measured puts dates in doubt where it is this far, and for so
 * long: by then somebody would have set the clock back. */
#define HOSTCLOCK_DOUBT SPAN_DAY
#define HOSTCLOCK_DOUBT_FOR SPAN_DAY
#define HOSTCLOCK_ASLEEP (2 * SPAN_S) /* a suspend that is shorter is none */

struct hostclock {
	struct host_clock newest; /* the offset, as last measured */
	instant measured_at;      /* wall: when that was */
	bool ever;                /* it was measured since the daemon started */
	instant unbroken_since;   /* wall: since when the daemon has run without a jump */
	instant boot_moment;      /* the wall clock less CLOCK_BOOTTIME: when it booted */
	instant jumped_at;        /* wall, after it: the last jump; INSTANT_NONE: none */
	span jumped_by;           /* ahead: positive */
	span unexplained;         /* all jumps since the start, while it was never measured */
	bool doubted;             /* there was a doubt, last at: */
	span doubted_at;          /* CLOCK_BOOTTIME */
	instant woke_at;          /* wall: the end of the last suspend; INSTANT_NONE: none */
	span slept;               /* how long that was */
	span asleep;              /* CLOCK_BOOTTIME less CLOCK_MONOTONIC: suspended in all */
};

void hostclock_start(struct hostclock *h, const struct world *w);

/* A result that measured the clock is kept; others change nothing. */
void hostclock_keep(struct hostclock *h, const struct result *r);

/* True: *out is fresh enough for stamps. */
bool hostclock_fresh(const struct hostclock *h, const struct world *w, struct host_clock *out);

/* Of a clock that is not known now: by how much it was off when it was, and how far it may have
 * drifted from that since, both in seconds. A jump is no drift: it is in the offset. False: it was
 * never known. */
bool hostclock_last(
    const struct hostclock *h, const struct world *w, double *offset, double *drift);

/* How far it is ahead of true time, as last measured; 0 where it never was. */
span hostclock_ahead(const struct hostclock *h);

/* By how much it was set ahead (back: negative) while nobody could say which time is true; 0: there
 * is no doubt. */
span hostclock_doubt(const struct hostclock *h, const struct world *w);

/* Whether there is a doubt, or was one that long ago: what was judged in it has not run since. */
bool hostclock_doubted(const struct hostclock *h, const struct world *w, span ago);

/* Once a turn: notices a jump of the wall clock, and a suspend. After either nothing is stale
 * before its check had the time to run again; after a jump what was measured of the clock is no
 * longer true. */
void hostclock_watch(struct hostclock *h, const struct world *w);

#endif
