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
	struct estimate e;  /* of its samples at the moment of the vote */
	struct interval v;  /* the same with the server's own error, if e.usable */
	bool here;          /* it reads this computer's own clock */
	bool stopgap;       /* it follows only its own clock */
	unsigned gps_weeks; /* its date is so many times 1024 weeks from ours; 0: not so */
	size_t same;        /* place of another name for this server, or ROUND_NO_VOTE */
	size_t place;       /* among the votes, or ROUND_NO_VOTE */
};

struct round {
	const struct probe_ctx *ctx;
	const struct clock_conf *conf;
	struct ask_server *s;
	size_t n, nvotes; /* n: all that were asked, members of names too */
	bool stopgaps;    /* the votes are those of servers that follow only their own clock */
	int64_t ppm;      /* the rate of this clock is off by no more */
	struct ballot *st;
	struct interval *votes;
	struct vote v;
	int64_t warn;
};

/* Middle and half width of an interval, ns; the width is rounded up. */
int64_t round_middle(int64_t lo, int64_t hi);
int64_t round_radius(int64_t lo, int64_t hi);

/* Fills the ballots and the votes. The moment of the vote is that of the newest sample of all. */
void round_count(struct round *r);

/* Server i as people know it: as configured, with its address where the name has several. */
const char *round_name(const struct round *r, size_t i);

/* What its item is called: the same from run to run, whichever addresses a name leads to. */
const char *round_target(const struct round *r, size_t i);

size_t round_agreeing(const struct round *r); /* votes of the majority */

/* The offset of this clock; with its limits when it is judged by them. */
struct metric round_metric(const struct round *r, int64_t lo, int64_t hi, bool judged);

#endif
