/* SPDX-License-Identifier: Apache-2.0
 *
 * round: what all servers said, while it is put into words: report.c tells of this clock,
 * report_server.c of each server.
 */
#ifndef CLOCK_ROUND_H
#define CLOCK_ROUND_H

#include "asked.h"
#include "vote.h"

#define ROUND_NO_VOTE SIZE_MAX

/* What became of one server, beside what it said. */
struct ballot {
	bool usable;
	size_t same;  /* place of another name for this server, or ROUND_NO_VOTE */
	size_t place; /* among the votes, or ROUND_NO_VOTE */
};

struct round {
	const struct probe_ctx *ctx;
	const struct clock_conf *conf;
	struct ask_server *s;
	size_t n, nvotes;
	struct ballot *st;
	struct interval *votes;
	struct vote v;
	int64_t warn;
};

/* Middle and half width of an interval, ns; the width is rounded up. */
int64_t round_middle(int64_t lo, int64_t hi);
int64_t round_radius(int64_t lo, int64_t hi);

size_t round_agreeing(const struct round *r); /* votes of the majority */

/* The offset of this clock; with its limits when it is judged by them. */
struct metric round_metric(const struct round *r, int64_t lo, int64_t hi, bool judged);

#endif
