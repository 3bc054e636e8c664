/* SPDX-License-Identifier: Apache-2.0
 *
 * look: one look at all places: what was read, held against what is known from earlier looks.
 */
#ifndef PROBES_BACKUP_LOOK_H
#define PROBES_BACKUP_LOOK_H

#include "memory.h"

/* One job and kind of this look. */
struct seen_job {
	const char *target; /* of its items */
	const struct backup_job
	    *job; /* NULL: its place could not be read, or it is not there now */
	struct kept_job *kept;
	const char *unread; /* why its place could not be read; NULL: it was */
	const char
	    *unchecked; /* why nobody can say whether the newest run is whole; NULL: it is known */
	const char *lost; /* the source that the newest run has no more; NULL: none */
	bool gone;        /* the newest run of the last look is not there any more */
	bool history;     /* the place holds earlier runs too, not only the newest */
	enum backup_tool tool;
};

/* A place that could not be read, or told things that were not understood. */
struct seen_place {
	struct backup_place place;
	struct catalogue c;
	const char *unread; /* NULL: it was read */
};

struct look {
	const struct probe_ctx *ctx;
	const struct backup_conf *conf;
	instant now;
	struct memory memory;
	struct seen_place *places, *offsite;
	struct seen_job *jobs;
	size_t njobs, cap;
};

/* Reads every place, then puts each job beside what is known of it, which is brought up to date. */
void look_all(struct look *l);

/* The newest run of a job in its catalogue; NULL: it has none. */
const struct backup_run *look_newest(const struct seen_job *s);

#endif
