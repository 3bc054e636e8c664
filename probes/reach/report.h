/* SPDX-License-Identifier: Apache-2.0
 *
 * report: from what became of all places to the items of a run.
 */
#ifndef REACH_REPORT_H
#define REACH_REPORT_H

#include "attempts.h"
#include "memory.h"

/* The places of a run, in this order in v: targets, references, closed ones, then for each resolver
 * the names it was asked for. */
struct reach_run {
	const struct probe_ctx *ctx;
	const struct reach_conf *conf;
	struct memory memory;
	struct attempt *v;
	size_t ntargets, nreferences, nclosed, nresolvers, nnames; /* nnames: of each resolver */
	const struct week_hours *hours;                            /* NULL: all */
	instant now;
};

/* Whether anything outside answered in any way. */
enum reach_line { LINE_WORKS, LINE_OURS, LINE_OPEN /* nobody named references */ };
enum reach_line report_line_of(const struct reach_run *r);

/* Of the time since `since` that lies within the hours. Pure. */
span report_within(const struct week_hours *hours, instant since, instant now);

void report_all(struct reach_run *r);

#endif
