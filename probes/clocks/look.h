/* SPDX-License-Identifier: Apache-2.0
 *
 * look: one machine asked for its time, by one thread, which waits but never past `until`. Wall
 * times are this computer's, in nanoseconds.
 */
#ifndef CLOCKS_LOOK_H
#define CLOCKS_LOOK_H

#include "clocks.h"

#include "probes/tls/stream.h"

#define LOOK_WHY 240
#define LOOK_DETAIL 80
#define LOOK_PATIENCE (3 * SPAN_S) /* for one answer */

/* The same for all machines of a run. */
struct look_terms {
	int family;    /* AF_UNSPEC, AF_INET, AF_INET6 */
	int64_t sharp; /* ns: what is known better than this need not be asked again */
	int64_t until; /* CLOCK_MONOTONIC */
	SSL_CTX *tls;  /* for https; NULL when none is asked */
};

struct look {
	const struct clocks_target *target;
	bool done;      /* else the time was over before it was */
	bool measured;  /* lo, hi and mono hold; else `why` says why not */
	int64_t lo, hi; /* the difference (theirs - ours) lies within, at the moment `mono` */
	int64_t mono;
	unsigned requests;
	char why[LOOK_WHY];       /* goes on after the name of the machine */
	char detail[LOOK_DETAIL]; /* for evidence: what it said of itself; "": nothing */
	char address[NET_ADDRESS_TEXT];
};

/* By the scheme of its target. Fills *l, whose target is set and all else zero. */
void look(struct look *l, const struct look_terms *t);

#endif
