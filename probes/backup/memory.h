/* SPDX-License-Identifier: Apache-2.0
 *
 * memory: what a backup check knows of its earlier looks, in the file "backup" in the check's own
 * folder. A repository forgets old runs, a job that leaves evidence overwrites it, and a person's
 * word on a run must last: so the runs that were seen are kept here.
 */
#ifndef PROBES_BACKUP_MEMORY_H
#define PROBES_BACKUP_MEMORY_H

#include "catalogue.h"

#define MEMORY_JOBS_MAX 512
#define MEMORY_ID_MAX 256

struct kept_run {
	struct job_run run;
	const char *id;
	bool bad; /* it was not good: it counts for nothing but that it was there */
};

/* A job and kind. All text is never NULL. */
struct kept_job {
	const char *target; /* as it is told */
	const char *where;  /* the place it was read from */
	enum run_kind kind;
	struct kept_run *runs; /* oldest first, at most RUNS_MAX; good ones and bad ones */
	size_t n;
	const char *newest;      /* id of the newest run of the last look */
	instant good;            /* end of the newest run that was good */
	instant verified;        /* when it was last read as a whole */
	bool bad;                /* and it was not whole then */
	struct kept_path *paths; /* what the newest good run held */
	size_t npaths;
	uint32_t count; /* runs in the catalogue at the last look */
	instant oldest; /* end of the oldest run that was ever seen */
	/* of the newest file, so that it is read once: its size and time, what was found */
	uint64_t file_size;
	int64_t file_time;
	uint32_t file_is;
	const char *file_why;
	/* Not kept: it was in this look; a person accepted that it is gone. */
	bool seen, dismissed;
};

struct kept_path {
	const char *path;
};

struct memory {
	struct kept_job *jobs;
	size_t n;
	size_t surplus;      /* jobs past MEMORY_JOBS_MAX */
	const char *trouble; /* the file could not be read or was damaged; NULL: nothing */
};

/* Reads it into the run's arena, with room for all jobs; what is damaged is set aside and is not
 * believed. */
void memory_read(const struct probe_ctx *ctx, struct memory *m);

/* The job of that target and kind, a new one where there is none; NULL past the limit. */
struct kept_job *memory_job(struct memory *m, const char *target, enum run_kind kind);

/* Replaces it, all or nothing. -1 with *e set. Without a folder: 0. */
int memory_write(const struct probe_ctx *ctx, const struct memory *m, struct err *e);

/* The memory from its bytes: NULL, or what is wrong. Pure. */
const char *memory_unpack(const uint8_t *bytes, size_t n, struct memory *m, struct arena *a);

#endif
