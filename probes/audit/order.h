/* SPDX-License-Identifier: Apache-2.0
 *
 * order: whether the records of one log come without a hole in their numbers and in the order of
 * their times. Pure; lives across runs (the head keeps it), so that a record is looked at once.
 *
 * auditd (audit-userspace, auditd.conf(5)): all records of an event share its serial; records of
 * events within ORDER_WINDOW, or within ORDER_NEAR serials, may interleave; the serial wraps from
 * 2^32 - 1 to 0 and starts again when the kernel does, which a DAEMON_START before it tells;
 * DAEMON_* records have a counter of their own. In a log of several computers ("node=") each of
 * them has numbers and a clock of its own.
 *
 * Numbers of a program's own go up by one; two programs that write to one log may swap neighbours
 * (ORDER_NEAR); a counter of 32 bits goes on at 0 or 1 behind 2^32 - 1.
 *
 * Times without a zone go back once a year when summer time ends: by at most an hour, from a record
 * of the night (ORDER_NIGHT_FROM to ORDER_NIGHT_TO) on.
 */
#ifndef PROBES_AUDIT_ORDER_H
#define PROBES_AUDIT_ORDER_H

#include "record.h"
#include "rhythm.h"

#define ORDER_WINDOW (2 * INSTANT_S)
#define ORDER_NEAR 8        /* serials back that a late record of an event may have */
#define ORDER_HOLES 64      /* that may still be filled; one more ends the oldest */
#define ORDER_WRITERS 64    /* computers in one log whose numbers are told apart */
#define ORDER_NIGHT_FROM 23 /* hours of the clock within which summer time ends somewhere */
#define ORDER_NIGHT_TO 4
#define ORDER_AHEAD INSTANT_H /* a record may be dated so much ahead of this computer's clock */
#define ORDER_ZONES (15 * INSTANT_H) /* and so much more when it does not tell its zone */

enum order_kind {
	ORDER_GAP,
	ORDER_REPEATED,
	ORDER_RESTARTED,
	ORDER_BACKWARDS,
	ORDER_FUTURE,
	ORDER_KINDS
};

struct order_place {
	uint64_t segment, record, offset; /* record from 1 within its segment */
};

/* What was found of one kind in one scan: where first, how often, how much. */
struct order_tally {
	uint64_t times;
	uint64_t count; /* missing numbers, or records out of order */
	struct order_place first;
	uint64_t from, to; /* the first one's numbers */
	span back;         /* the largest step back, or ahead of the clock */
};

/* The numbers and times of one computer in a log. */
struct order_writer {
	uint64_t node;        /* record_info.node */
	bool numbered, timed; /* a number, a time of it was seen */
	bool starts;          /* its kernel may begin to count anew */
	uint64_t last;        /* number */
	instant newest;       /* time */
	instant summer;       /* the time from which a step back was taken for the end of summer
				 time; 0: none was */
};

struct order_hole {
	uint64_t node, from, to;
	instant at; /* of the record behind it */
	struct order_place place;
};

struct order {
	/* what outlives a run */
	struct order_writer own;                  /* of records that name no computer */
	struct order_writer nodes[ORDER_WRITERS]; /* of those that do */
	size_t nnodes;
	bool timed;     /* a time was seen, and is in newest */
	instant newest; /* of all that is not ahead of the clock */
	bool zoned;     /* newest is true time: its record tells the zone */
	int year;       /* of stamps without one; 0: not known yet */
	struct order_hole holes[ORDER_HOLES];
	size_t nholes;
	struct rhythm rhythm;
	/* of this run */
	struct order_tally tally[ORDER_KINDS];
	span max_backward;
	instant
	    before;  /* yearless stamps are not later than this: when the file was last written */
	instant now; /* wall clock; 0: nothing is ahead of it */
};

/* Takes the next record. fresh: the first of its segment (other numbering may start there). */
void order_take(struct order *o, const struct record_info *info, enum format format,
    const struct order_place *place, bool fresh);

/* Holes that nothing can fill any more by now. */
void order_settle(struct order *o, instant now);

/* What comes next does not follow on from what came: no numbers, and no times with `times`. */
void order_forget(struct order *o, bool times);

/* The writer that this record is of: one that was not seen yet is new, and takes the place of the
 * one that was silent for longest when there are ORDER_WRITERS. */
struct order_writer *order_writer(struct order *o, uint64_t node);

/* Adds to what is told of this kind; the first place is kept. */
void order_tell(struct order *o, enum order_kind kind, const struct order_place *place,
    uint64_t count, uint64_t from, uint64_t to);

#endif
