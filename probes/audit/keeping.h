/* SPDX-License-Identifier: Apache-2.0
 *
 * keeping: how long records will be there, by the configuration of what deletes the older files,
 * against how long they must be (option `retention`); from the first day on, not when the first of
 * them is gone. Pure.
 */
#ifndef PROBES_AUDIT_KEEPING_H
#define PROBES_AUDIT_KEEPING_H

#include "known.h"

#include "model/result.h"

#define KEEPING_ALL (-1) /* of files: none is deleted */

/* What a configuration says. 0: not given, but for files. */
struct keeping_terms {
	const char *program; /* "logrotate" */
	int64_t files;       /* older files that are kept; KEEPING_ALL */
	span every;          /* a file is begun so often */
	uint64_t bytes;      /* and when one has so many */
	span looks;          /* but not more often than this */
	uint64_t total;      /* bytes of all files, then the oldest is deleted */
	bool by_disk;        /* `total` is not said, but follows from the disk */
	span age;            /* older files are deleted after that */
	bool not_empty;      /* none is begun where nothing was written */
};

/* What was seen of the log. */
struct keeping_seen {
	instant now;
	span retention;
	double rate[2]; /* bytes a day, least and most; 0: not known */
	span usual;     /* from one older file to the next, on average; 0: not known */
	size_t past;    /* older files */
	uint64_t held;  /* bytes of all files */
	instant aside;  /* when it was set aside last, or was first seen; wall */
	instant eldest; /* time of the oldest record; 0: not known */
};

struct keeping {
	const char *key; /* "too-short", "being-deleted"; NULL: nothing is wrong, or it cannot be
			    told */
	char words[STATE_TEXT]; /* the same until it is another finding */
	span least, most; /* records are there for so long; SPAN_MAX: they stay, or not known */
	struct deadline first; /* when the first record is deleted that must be kept; "too-short" */
};

void keeping_judge(
    const struct keeping_terms *t, const struct keeping_seen *v, struct keeping *out);

#endif
