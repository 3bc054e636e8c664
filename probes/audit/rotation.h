/* SPDX-License-Identifier: Apache-2.0
 *
 * rotation: whether a log that used to be set aside still is. A log that is not grows until its
 * disk is full. What is usual is learnt from the older files, or said by logrotate's configuration;
 * logrotate's own notes say when it ran and when it set the log aside.
 *
 * A log that nothing is added to is not set aside (`notifempty`, a weekend, a computer that was
 * off), so time alone never speaks: what must be overdue is a log with records that logrotate, or a
 * log of more bytes than it ever had.
 */
#ifndef PROBES_AUDIT_ROTATION_H
#define PROBES_AUDIT_ROTATION_H

#include "known.h"
#include "rotate_conf.h"

#define ROTATION_SLACK SPAN_DAY      /* logrotate looks once a day, and not to the minute */
#define ROTATION_PAST_MIN 3          /* older files that tell what is usual */
#define ROTATION_FACTOR 2            /* as long and as large as ever, and so much more */
#define ROTATION_TAKEN 3             /* a log is so large as the part of it set aside today */
#define ROTATION_DAY (20 * SPAN_H)   /* a life shorter than that is no day's */
#define ROTATION_RUNS (3 * SPAN_DAY) /* logrotate runs daily; not for so long, and it does not */
#define ROTATION_UP (2 * SPAN_H)     /* a computer that was off catches up within that */

/* What speaks for and against it. Moments are wall; 0: not known. */
struct rotation_seen {
	const char *name; /* of the log, without its folder */
	instant now;
	span up;        /* since this computer was started */
	uint64_t size;  /* bytes of the log's own file */
	instant oldest; /* time of its first record */
	instant newest; /* when it was written to last */
	instant aside;  /* when the newest older file was written to last: then it was set aside */
	/* of its older files */
	size_t past;      /* how many are known; between them `past` - 1 spans */
	span longest;     /* of those */
	uint64_t largest; /* bytes of the largest, unpacked */
	/* the newest older file, where it was not packed */
	const char *newest_name; /* without its folder; NULL: there is none */
	span life;               /* from its birth until it was set aside; 0: not known */
	uint64_t newest_size;
	/* of logrotate */
	const struct rotate_rule *rule;   /* NULL: no configuration names the log */
	instant status, ran;              /* its notes: set aside; written at the end of a run */
	uint32_t folder_mode, folder_gid; /* of the log's folder; mode 0: not known */
};

/* The finding: its key, and words (STATE_TEXT bytes at most) that are the same until it is another
 * one. NULL: there is none. Pure, but for the zone of the computer, in which days are told. */
const char *rotation_judge(const struct rotation_seen *v, char words[STATE_TEXT]);

#endif
