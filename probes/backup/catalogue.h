/* SPDX-License-Identifier: Apache-2.0
 *
 * catalogue: what a reader found in one place: jobs and their runs. All of it lies in the arena of
 * the run; what was not told is NaN, NULL or INSTANT_NONE.
 */
#ifndef PROBES_BACKUP_CATALOGUE_H
#define PROBES_BACKUP_CATALOGUE_H

#include "backup.h"
#include "base/json_tree.h"

#define CATALOGUE_RUNS_MAX 20000 /* of one place; more are counted and left out */
#define CATALOGUE_JOBS_MAX 256
#define CATALOGUE_PATHS_MAX 64 /* of one run */
#define CATALOGUE_NAME_MAX 200 /* bytes of a job's name; a longer one is cut */

enum run_kind { RUN_FULL, RUN_DIFF, RUN_INCR, RUN_KINDS };

struct backup_run {
	const char *id;     /* the tool's, or a file's name */
	instant begin, end; /* by the tool's own record */
	double bytes, files, seconds, change;
	const char *fault;  /* a finding of backup.complete; NULL: the record says it is good */
	const char *why;    /* of the fault, a statement in words */
	struct texts paths; /* what it holds; none: not told */
	instant verified;   /* when somebody last read it as a whole */
	bool bad;           /* and it was not whole then */
	bool by_mtime;      /* end is only the file's time */
};

struct backup_job {
	const char *name;
	enum run_kind kind;
	struct backup_run *v; /* oldest first once catalogue_sort is done */
	size_t n, cap;
};

struct catalogue {
	struct arena *arena;
	const char *where; /* of the place, for names */
	struct backup_job *jobs;
	size_t njobs, cap;
	size_t runs, surplus; /* taken; left out past a limit */
	size_t odd;           /* entries that were not understood */
	const char *odd_first;
	size_t unsettled; /* files that are still being written */
};

void catalogue_init(struct catalogue *c, const char *where, struct arena *a);

/* A new run with nothing known; NULL past a limit. name is made clean and copied. */
struct backup_run *catalogue_add(struct catalogue *c, const char *name, enum run_kind kind);

/* An entry that was not understood, and why (a constant). */
void catalogue_odd(struct catalogue *c, const char *why);

/* Runs of each job by their ends. */
void catalogue_sort(struct catalogue *c);

/* A number of bytes, files or seconds; NaN: it is not there, or is no amount. */
double amount_read(const struct json_node *object, const char *name);

/* One more path of a run; past CATALOGUE_PATHS_MAX it is left out. */
void run_add_path(struct backup_run *r, const char *path, struct arena *a);

/* RFC 3339; without a zone it is UTC; also "/Date(milliseconds)/". INSTANT_NONE: not understood. */
instant when_read(const char *text);

/* The name of a series: "labpc1-lims-2026-11-01T02:00" is a run of "labpc1-lims". Without a date it
 * is the whole. */
const char *series_of(const char *name, struct arena *a);

/* The day in a name (2026-11-28, 20261128, with a time behind it as 0200, 02:00, 02-00-00), as UTC;
 * INSTANT_NONE: none. *timed: it has a time too. */
instant date_in(const char *name, bool *timed);

#endif
