/* SPDX-License-Identifier: Apache-2.0
 *
 * runs: rule B. Is the newest run of a job (a backup) unlike the runs before it? Only runs of one
 * job and kind are compared, in both directions, each sign (bytes, files, seconds, changed part) by
 * itself. Pure. The limits were chosen by simulation: tests/unit/judge/test_runs_sim.c repeats it.
 *
 * One run: further than RUNS_OFF from the median of the last RUNS_NEAR, and further than RUNS_CLEAR
 * robust deviations of the logarithm, by the last RUNS_FAR runs, wider while these are few.
 * Several: the median of the last RUNS_LAST against the RUNS_FAR before them, which sees a lasting
 * loss that the noise of single runs hides. What is unlike stays out of what later runs are
 * compared with, until a person accepts it; else the alarm would end by itself after a few runs.
 */
#ifndef JUDGE_RUNS_H
#define JUDGE_RUNS_H

#include "model/result.h"

#define RUNS_LEARN 4      /* runs of a sign before anything is said of it */
#define RUNS_NEAR 8       /* runs whose median is the usual */
#define RUNS_FAR 30       /* runs whose spread is the usual one */
#define RUNS_LAST 4       /* runs that show together what lasts */
#define RUNS_OFF 0.20     /* of the usual: less is no loss */
#define RUNS_GROWTH 1.8   /* times the usual: less is no growth of one run */
#define RUNS_CLEAR 3.5    /* robust deviations */
#define RUNS_WIDER 4.0    /* the deviation of n runs is taken 1 + 4 / n times */
#define RUNS_LEVEL 1.7    /* deviations, at least, of a lasting change */
#define RUNS_NOISY 0.15   /* deviation: a job that varies so much hides a loss in one run */
#define RUNS_SLOW 2.0     /* times the longest of the last RUNS_FAR */
#define RUNS_FAST 0.10    /* of the usual time, though it holds the usual */
#define RUNS_PART 0.05    /* of the usual: an incremental run with less is told, with more not */
#define RUNS_CHANGED 0.50 /* of all content, and */
#define RUNS_TIMES 10     /* times the usual part: it was rewritten */
#define RUNS_FEW_FILES 5  /* a change of less is not looked at unless half is gone */
#define RUNS_SHORT 60.0   /* seconds: a change of less is not looked at */
#define RUNS_LITERAL_OFF 0.20 /* RUNS_LITERAL: of the run before */

/* What is unlike of a run, a bit each. */
enum {
	RUN_EMPTY = 1, /* no byte or no file: needs no run before it */
	RUN_LESS_BYTES = 2,
	RUN_LESS_FILES = 4,
	RUN_MORE_BYTES = 8,
	RUN_MORE_FILES = 16,
	RUN_TOO_FAST = 32,
	RUN_TOO_SLOW = 64,
	RUN_REWRITTEN = 128,
	RUN_HALF = 256,    /* with less: half of the usual or more is gone */
	RUN_LASTING = 512, /* with less or more: the last RUNS_LAST together */
};

/* unlike[i] of each of r->n runs by those before it alone, so that one call tells all looks that
 * were. noise: the deviation of the logarithm of the bytes (else the files) that the newest was
 * held against, NaN while it learns; may be NULL. */
void runs_scan(const struct job_runs *r, unsigned unlike[RUNS_MAX], double *noise);

/* The level of the newest run. *key: the finding of the rule whose words tell it, "empty",
 * "rewritten", "shrunk", "grown", "too-fast" or "too-slow"; NULL when it is like the others. One
 * sign is a plan, two are act, as half gone, two losses in a row or a lasting one; empty is stop.
 * *doubt is set when the job varies too much to see a loss in one run, else left alone. */
enum level runs_judge(const struct job_runs *r, const char **key, const char **doubt);

#endif
