/* SPDX-License-Identifier: Apache-2.0
 *
 * report: from what the servers said to items: each server's interval, the majority's, the words.
 */
#ifndef CLOCK_REPORT_H
#define CLOCK_REPORT_H

#include "asked.h"
#include "vote.h"

#define AGING_PPM 15 /* RFC 5905, 7.2: PHI, what a clock may drift between two looks */

/* The interval of one server at the moment `mono`: the intersection of its samples (each
 * offset ± half ± aging), widened by what the server allows for itself. False: it gave no sample,
 * or no more than half of them can be true together. */
bool report_interval(const struct ask_server *s, int64_t mono, struct interval *out);

/* One item of clock.offset, one of clock.server for each server, and the host's clock. */
void report_all(
    const struct probe_ctx *ctx, const struct clock_conf *conf, struct ask_server *s, size_t n);

#endif
