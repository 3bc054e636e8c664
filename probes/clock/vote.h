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
	int64_t lo, hi; /* truth is within, whichever minority is wrong */
	size_t most;    /* how many meet in one point, at most */
};

/* Where the most of n intervals meet, from the first such point to the last. Those that meet that
 * stretch agree. No more is claimed: the most may be one. */
struct vote vote_most(struct interval *v, size_t n);

/* Of n intervals, of which any minority may be wrong: from the first point to the last where more
 * than half of all meet. Without a majority (also: n is 0) no interval agrees. Needs 32 bytes an
 * interval for the time of the call; without memory there is no majority. */
struct vote vote(struct interval *v, size_t n);

#endif
