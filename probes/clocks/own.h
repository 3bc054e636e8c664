/* SPDX-License-Identifier: Apache-2.0
 *
 * own: the clock of this computer against time servers, in the run that reads other clocks by it.
 */
#ifndef CLOCKS_OWN_H
#define CLOCKS_OWN_H

#include "clocks.h"

#define OWN_DRIFT_PPM 100 /* what a clock may drift between two looks: free quartz, 78 is usual */

struct own {
	bool measured;
	int64_t lo, hi;  /* ns, local - true lies within, at the moment `mono` */
	int64_t mono;    /* CLOCK_MONOTONIC */
	const char *why; /* when not measured, a clause: "no time server ..." */
};

/* Asks conf->servers until `until` (CLOCK_MONOTONIC) at most. -1 with *e set: a server cannot be
 * read, or nothing could be asked at all. */
int own_measure(const struct probe_ctx *ctx, const struct clocks_conf *conf, int family,
    int64_t until, struct own *out, struct err *e);

/* What our clock may have drifted between its measurement and the moment `mono`, ns. */
int64_t own_age(const struct own *own, int64_t mono);

#endif
