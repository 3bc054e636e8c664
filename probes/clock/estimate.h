/* SPDX-License-Identifier: Apache-2.0
 *
 * estimate: what the samples of one server say of this clock's offset at one moment. Pure.
 *
 * Between two samples this clock gains or loses at a rate that nobody knows beforehand: a crystal
 * that runs free by 78 ppm and more. So offset and rate are sought together: every sample allows a
 * strip of pairs (offset at the moment, rate), the strips of samples that are right overlap, and
 * the offsets of the overlap are the answer. No rate is assumed, only that it stayed the same for
 * these seconds and is no more than `ppm`.
 */
#ifndef CLOCK_ESTIMATE_H
#define CLOCK_ESTIMATE_H

#include "clock.h"
#include "ntp.h"

#define ESTIMATE_FEW 3  /* samples that agree before anything is believed of a server far away */
#define ESTIMATE_SURE 4 /* before it is believed that a limit is passed */

struct ask_sample {
	struct ntp_sample s;
	int64_t mono; /* CLOCK_MONOTONIC when its answer came, ns */
};

struct estimate {
	bool usable;      /* at least two thirds of the samples can be true together */
	int64_t lo, hi;   /* ns, local - server: from, to */
	size_t agree;     /* samples that can be true together */
	unsigned outside; /* a bit for each sample that cannot be true with them */
};

/* Of n samples (at most CLOCK_SAMPLES_MAX are looked at), the offset at the moment `mono`, which is
 * not before any of them, for a clock whose rate is off by no more than `ppm`. The server's own
 * error is not in it. */
struct estimate estimate(const struct ask_sample *v, size_t n, int64_t mono, int64_t ppm);

/* Whether asking again cannot change what is to be said. root: the server's own error, ns; warn,
 * max: the limits, ns. */
bool estimate_enough(const struct estimate *e, int64_t root, int64_t warn, int64_t max);

#endif
