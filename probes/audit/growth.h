/* SPDX-License-Identifier: Apache-2.0
 *
 * growth: when the disk of a log is full, if the log goes on as it did and nothing else comes and
 * goes on that disk. What was added is known from the notes (bytes since the log was first seen)
 * and from the times of its records; the two give the range.
 */
#ifndef PROBES_AUDIT_GROWTH_H
#define PROBES_AUDIT_GROWTH_H

#include "log.h"

#define GROWTH_WATCHED SPAN_DAY         /* what was added in less says nothing of tomorrow */
#define GROWTH_RECORDS (7 * SPAN_DAY)   /* and records of less */
#define GROWTH_HORIZON (400 * SPAN_DAY) /* what is later is not told */
#define GROWTH_DOUBT 2 /* where only one of the two is known, it may be so much more or less */

/* What was measured of a log. */
struct growth_seen {
	instant now;
	span watched;   /* since it was first seen */
	uint64_t added; /* bytes since then */
	span recorded;  /* from its first record to its last; 0: not known */
	uint64_t held;  /* bytes in the records of that time */
	uint64_t room;  /* free bytes of its disk */
	instant eldest; /* time of the oldest record; 0: not known */
};

/* The forecast, and in rate the bytes a day, least and most. kind DEADLINE_NONE: too little is
 * known, or it is later than GROWTH_HORIZON. Pure. */
struct deadline growth_forecast(const struct growth_seen *v, double rate[2]);

/* What was measured of the log, but for the room on its disk. */
struct growth_seen growth_seen(const struct log *l);

/* Bytes a day, least and most. False: too little is known, and they are 0. Pure. */
bool growth_rates(const struct growth_seen *v, double rate[2]);

/* Fills l->outlook with it. unbound: nothing deletes what is old, so that all stays that is added;
 * else nothing is told. auditd: its configuration, where it writes this log; NULL: it does not. */
void growth_look(struct log *l, bool unbound, const struct kept_auditd *auditd);

#endif
