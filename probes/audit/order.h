/* SPDX-License-Identifier: Apache-2.0
 *
 * order: whether the records of one log come without a hole in their numbers and in the order of
 * their times. Pure; lives across runs (the head keeps it), so that a record is looked at once.
 *
 * auditd (audit-userspace, auditd.conf(5)): all records of an event share its serial; records of
 * events within ORDER_WINDOW, or within ORDER_NEAR serials, may interleave; the serial wraps from
 * 2^32 - 1 to 0 and starts again when the kernel does, which a DAEMON_START before it tells;
 * DAEMON_* records have a counter of their own.
 */
#ifndef PROBES_AUDIT_ORDER_H
#define PROBES_AUDIT_ORDER_H

#include "record.h"

#define ORDER_WINDOW (2 * INSTANT_S)
#define ORDER_NEAR 8   /* serials back that a late record of an event may have */
#define ORDER_HOLES 64 /* that may still be filled; one more ends the oldest */
#define ORDER_BINS 96  /* of pauses: two an octave, from 1 us */
#define ORDER_PAUSES_MIN 200
#define ORDER_COVERED_MIN (8 * SPAN_DAY)
#define ORDER_PAUSE_MAX (60 * SPAN_DAY) /* a longer one is a clock that was set */

enum order_kind { ORDER_GAP, ORDER_REPEATED, ORDER_RESTARTED, ORDER_BACKWARDS, ORDER_KINDS };

struct order_place {
	uint64_t segment, record, offset; /* record from 1 within its segment */
};

/* What was found of one kind in one scan: where first, how often, how much. */
struct order_tally {
	uint64_t times;
	uint64_t count; /* missing numbers, or records out of order */
	struct order_place first;
	uint64_t from, to; /* the first one's numbers */
	span back;         /* the largest step back */
};

struct order_hole {
	uint64_t from, to;
	instant at;
	struct order_place place;
};

struct order {
	/* what outlives a run */
	bool numbered, timed; /* a number, a time was seen */
	bool starts;
	uint64_t last;
	instant newest;
	int year; /* of stamps without one; 0: not known yet */
	struct order_hole holes[ORDER_HOLES];
	size_t nholes;
	uint32_t pauses[ORDER_BINS];
	instant paused[ORDER_BINS]; /* us in pauses of this length */
	/* of this run */
	struct order_tally tally[ORDER_KINDS];
	span max_backward;
	instant before; /* yearless stamps are not later than this */
};

/* Takes the next record. fresh: the first of its segment (other numbering may start there). */
void order_take(struct order *o, const struct record_info *info, enum format format,
    const struct order_place *place, bool fresh);

/* Holes that nothing can fill any more by now. */
void order_settle(struct order *o, instant now);

/* A pause that was not learnt from records but from the file's own time. */
void order_pause(struct order *o, instant length);

/* Three times the pause the log is in for 99 % of the time; 0 when too little is known. */
span order_silence(const struct order *o);

#endif
