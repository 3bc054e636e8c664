/* SPDX-License-Identifier: Apache-2.0
 *
 * vote: which of several intervals hold the truth (Marzullo; RFC 5905, 11.2.1). Pure.
 */
#ifndef CLOCK_VOTE_H
#define CLOCK_VOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interval {
	int64_t lo, hi; /* ns, lo <= hi, ends included */
	bool agrees;    /* set by vote: it meets the majority's interval */
};

struct vote {
	bool majority;  /* more than half of all meet in one point */
	int64_t lo, hi; /* from the first to the last point where as many meet; truth is within, if
			   no more than the others are wrong */
	size_t most;    /* how many meet */
};

/* Of n intervals. Without a majority (also: n is 0) no interval agrees. Needs 32 bytes an interval
 * for the time of the call; without memory there is no majority. */
struct vote vote(struct interval *v, size_t n);

#endif
