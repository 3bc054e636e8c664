/* SPDX-License-Identifier: Apache-2.0
 *
 * deposits: a trail that is a folder of dated files, one made each day (hour, month): an export of
 * an instrument, a log whose name has the date. The newest file of a series is still written to;
 * those before it are complete, and stay as they are.
 */
#ifndef PROBES_AUDIT_DEPOSITS_H
#define PROBES_AUDIT_DEPOSITS_H

#include "dated.h"
#include "trail.h"

#define DEPOSITS_MAX 200000    /* files of one folder */
#define DEPOSITS_SERIES_MAX 64 /* of one folder; files of others are counted, not judged */

struct deposit {
	const char *name;   /* in the folder; without .gz and the like it is the deposit's own */
	const char *series; /* one of the folder's, the same pointer for all of it */
	bool dated, numbered;
	instant from; /* as in struct dated, as all above */
	uint64_t number;
	size_t order;             /* in which it was taken in */
	bool here;                /* the file is there now */
	bool noted;               /* in the notes */
	bool complete;            /* in the notes with the hash of all its bytes */
	bool newest;              /* of its series, by date, else by number */
	bool vouched;             /* a signature lies beside it, or it is signed text */
	struct hints hints, then; /* of the file, now and when it was noted */
	uint64_t bytes;           /* unpacked, when it was noted as complete */
	uint8_t hash[HASH_SIZE];
};

/* All of one folder, noted and there, ascending by series, then date, then number, then name. */
struct deposits {
	struct trail *t;
	const char *folder;
	struct deposit *v;
	size_t n, cap;
	const char *series[DEPOSITS_SERIES_MAX];
	size_t nseries;
	size_t undated;   /* files that have neither a date nor a number in their name */
	size_t strangers; /* files of more series than are judged */
};

/* A statement of the notes, for trail_open. NULL: forget what was taken. */
void deposits_take(void *deposits, const struct statement *st);

/* Looks into the folder. -1 with *e: it cannot be read, or holds more than the limits allow. */
int deposits_list(struct deposits *d, const char *pattern, struct err *e);

/* Notes the file as complete, or as it was seen first (hash NULL). */
void deposit_note(struct trail *t, const struct deposit *p, const uint8_t *hash, uint64_t bytes);

/* conf->paths.v[path]: looks at it and tells of it. */
void deposits_look(
    const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path, struct digester *d);

#endif
