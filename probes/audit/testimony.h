/* SPDX-License-Identifier: Apache-2.0
 *
 * testimony: what a log admits, gathered over its records: losses are added up for one run; a stop
 * of recording waits for the start that ends it, across runs (the head keeps it). Pure.
 *
 * A stop is ordinary, and nothing is said of it, when the machine was shut down or started again
 * meanwhile (auditd: the kernel's numbers start again; syslog: the kernel's first line), and when
 * the program was back within TESTIMONY_RESTART and no number is missing (an update of it). The
 * kernel's own switch audit_enabled is never ordinary.
 */
#ifndef PROBES_AUDIT_TESTIMONY_H
#define PROBES_AUDIT_TESTIMONY_H

#include "admits.h"
#include "order.h"

#define TESTIMONY_RECORDERS 16 /* programs that write to one log; one more ends the oldest */
#define TESTIMONY_BREAKS 16    /* interruptions that one run can tell */
#define TESTIMONY_RESTART (60 * INSTANT_S)
#define TESTIMONY_SETTLE (120 * INSTANT_S) /* after a start: a boot may still show itself */

/* A program that writes to the log, on one computer. Times are those of the records; 0: none. */
struct recorder {
	enum admit_from from;
	uint64_t node;
	bool numbered; /* auditd: `last` is the number of the newest record of the kernel */
	bool down;     /* the machine is being shut down */
	bool zoned;    /* the times are true time; else they are of a clock of the writer */
	bool told;     /* a finding says that it is off */
	uint64_t last;
	uint64_t user;  /* who switched it off; ADMITS_USER_NONE: not known */
	instant newest; /* time of the newest record of the kernel */
	instant off;    /* switched off */
	instant on;     /* back again; what was lost meanwhile is not known yet */
	instant seen;   /* when this program read that it is off (wall clock) */
	bool died;      /* it began again without having ended: off is the last record before */
	struct order_place place; /* of the record that says off; when it died, of the one that says
				     on */
};

/* An interruption that is over. */
struct testimony_break {
	struct recorder r;
	uint64_t count; /* record numbers that were used meanwhile and are not in the log */
};

/* What one program admitted to have lost, in one run. */
struct testimony_loss {
	uint64_t times, count; /* count 0: it does not say how many */
	bool total;            /* count is of all since the machine started */
	instant first, last;   /* 0: the records tell no time */
	bool zoned;
	struct order_place place; /* of the last one */
};

struct testimony {
	/* what outlives a run */
	struct recorder recorders[TESTIMONY_RECORDERS];
	size_t nrecorders;
	/* of this run */
	struct testimony_loss loss[FROM_N];
	struct testimony_break breaks[TESTIMONY_BREAKS];
	size_t nbreaks;
	uint64_t more; /* interruptions that found no room in breaks */
};

/* One record, as it was read: info->at is its time with the right year (has_time: it has one). */
struct testimony_record {
	const char *rec;
	size_t n;
	enum format format;
	const struct record_info *info;
	struct order_place place;
	instant now;   /* wall clock */
	bool in_order; /* false: it is older than what was read before; only losses count */
};

void testimony_take(struct testimony *t, const struct testimony_record *r);

/* At the end of a run: starts after which nothing more came are judged by what is known,
 * unless only a number can tell. */
void testimony_settle(struct testimony *t, instant now);

/* How long r is off by now, at least; 0 when it is not, or when it is ordinary so far. */
instant testimony_off_for(const struct recorder *r, instant now);

#endif
