/* SPDX-License-Identifier: Apache-2.0
 *
 * understood: in how many records of one log its time, its number and its form were read, and
 * whether that is enough to call the log judged. Pure; the head keeps it from run to run.
 *
 * A record is a line. An empty line, or one that begins with a blank, carries on the record above
 * when that record was understood, and is not counted (at most CARRIED_MAX lines of one record).
 */
#ifndef PROBES_AUDIT_UNDERSTOOD_H
#define PROBES_AUDIT_UNDERSTOOD_H

#include "order.h"

#include "base/str.h"

struct audit_conf;

#define UNDERSTOOD_SHARE 90       /* percent of the records that must be understood */
#define UNDERSTOOD_GOOD_MIN 16    /* records before a share can be one that falls */
#define UNDERSTOOD_FEW_LAST 32    /* of the last 64, fewer than these: the share fell */
#define UNDERSTOOD_FEW_LATELY 192 /* of the last 256, fewer than these: the share fell */
#define UNDERSTOOD_BACK_LAST 58   /* of the last 64, these or more: it is back */
#define UNDERSTOOD_WORDS 4        /* of 64 records each */
#define CARRIED_MAX 256
/* a thousand times as many still are a number, and no disk holds so many lines */
#define UNDERSTOOD_RECORDS_MAX (UINT64_MAX / 1000)

/* The first hole that was read in a run. */
struct hole {
	struct order_place place; /* of its record; segment 0: there is none */
	uint64_t before, bytes;   /* of the record before it; of it */
};

struct understood {
	uint64_t how;     /* understood_how of the options it was counted with; 0: not counted */
	uint64_t records; /* looked at */
	uint64_t times, numbers;
	uint64_t fit;                    /* records with all that was looked for */
	uint64_t last[UNDERSTOOD_WORDS]; /* a bit a record, the newest is bit 0 of last[0]: fit */
	bool good;                       /* the share was once enough */
	bool fell;                       /* and is not any more */
	struct order_place since;        /* of the first of the records that do not fit, up to
					    the newest record; segment 0: the newest one fits;
					    record 0: its place among the records is not known */
	/* of this run */
	struct order_place turned; /* the first record whose time is written in another way than
				      those before; segment 0: none */
	struct hole hole;
	size_t carried; /* lines that carried on the last record */
};

/* What the options ask of the records. */
enum demand {
	DEMAND_NOTHING, /* time_format "none", and no format: bytes only */
	DEMAND_AUTO,    /* whatever is found */
	DEMAND_GIVEN    /* a format, a regex or a time_format stands in the configuration */
};

enum understanding {
	UNDERSTANDING_FINE,
	UNDERSTANDING_FEW,   /* nothing was asked for, and too few times were found */
	UNDERSTANDING_UNFIT, /* what was asked for fits too few */
	UNDERSTANDING_FELL   /* a share that was enough is not any more */
};

enum demand understood_demand(const struct audit_conf *conf);

/* A number for the options that say how records are read; never 0. Counts of another number do not
 * belong to these options. */
uint64_t understood_how(const struct audit_conf *conf);

/* The next record, as the scanner read it; not of a line that is none. */
void understood_take(
    struct understood *u, const struct record_info *info, const struct order_place *place);

/* A hole in a record; one that goes on in the next record, since records are split when they are
 * long, is one. */
void understood_hole(
    struct understood *u, const struct record_info *info, const struct order_place *place);

/* After the last record of a run. */
void understood_settle(struct understood *u);

enum understanding understood_judge(const struct understood *u, enum demand demand);

/* Of the last 64 records, how many fit; *of: how many there are. */
unsigned understood_lately(const struct understood *u, unsigned *of);

/* "all", "none", "99.8 %": never rounded up to all, nor down to none. */
#define SHARE_TEXT 24
const char *share_text(uint64_t part, uint64_t of, char buf[SHARE_TEXT]);

/* Appends "times in 99.8 % of the records, numbers in none". */
void understood_text(const struct understood *u, enum demand demand, struct str *out);

#endif
