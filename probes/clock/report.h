/* SPDX-License-Identifier: Apache-2.0
 *
 * report: from what the servers said to items: this clock's, each server's, the words.
 */
#ifndef CLOCK_REPORT_H
#define CLOCK_REPORT_H

#include "asked.h"

/* What was found of this clock. */
struct told {
	bool measured;         /* offset and bound are proven */
	int64_t offset, bound; /* ns */
	int leap; /* 1: a second is to be inserted, -1: left out, as most say; else 0 */
	size_t leap_votes, votes;
};

/* One item of clock.offset, one of clock.server for each of the n servers or for all together, and
 * the host's clock. ppm: the rate of this clock is off by no more. */
void report_all(const struct probe_ctx *ctx, const struct clock_conf *conf, struct ask_server *s,
    size_t n, int64_t ppm, struct told *told);

#endif
