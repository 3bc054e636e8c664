/* SPDX-License-Identifier: Apache-2.0
 *
 * rhythm: when a log is usually written to: how long its pauses are, and in which hours of the week
 * (Monday 00:00 is hour 0) something comes. Hours are those of the log's own clock, which is UTC
 * where its times tell a zone. Pure; the head keeps it from run to run.
 */
#ifndef PROBES_AUDIT_RHYTHM_H
#define PROBES_AUDIT_RHYTHM_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

#define INSTANT_H (3600 * INSTANT_S)
#define INSTANT_DAY (24 * INSTANT_H)

#define RHYTHM_BINS 96 /* of pauses: two an octave, from 1 us */
#define RHYTHM_PAUSES_MIN 200
#define RHYTHM_COVERED_MIN (8 * SPAN_DAY)
#define RHYTHM_PAUSE_MAX (60 * SPAN_DAY) /* a longer one is a clock that was set */
#define RHYTHM_HOURS 168
#define RHYTHM_WEEKS 8      /* that are remembered: the one that runs, and those before it */
#define RHYTHM_WEEKS_MIN 3  /* whole ones before the hours of the week say something */
#define RHYTHM_QUIET_MIN 3  /* usual hours that must pass without a record before it is silence */
#define RHYTHM_QUIET_MAX 24 /* more are asked of a log that often misses its hours, up to this */

struct rhythm {
	uint32_t pauses[RHYTHM_BINS];
	instant paused[RHYTHM_BINS]; /* us in pauses of this length */
	uint8_t hours[RHYTHM_HOURS]; /* a bit a week, bit 0 is the one that runs: written to */
	int64_t week;                /* that runs, since 1970 */
	unsigned weeks;              /* seen, with the one that runs; at most RHYTHM_WEEKS. Weeks
					in which nothing came are left out */
	/* of this run */
	instant hour; /* the hour that was noted last; 0: none was */
};

/* Between two records, us; not less than a second, else it is not counted. */
void rhythm_pause(struct rhythm *r, instant length);

/* Something was written at this moment. */
void rhythm_hour(struct rhythm *r, instant at);

/* How long it may be silent after a record of this moment: three times the pause it is in for 99 %
 * of the time, or until enough of the hours in which it is usually written to have passed,
 * whichever is sooner. 0 when too little is known. */
span rhythm_silence(const struct rhythm *r, instant last);

#endif
