/* SPDX-License-Identifier: Apache-2.0
 *
 * batch: which letter goes next. Letters of one order key go one after another, each only when the
 * one before was taken or refused for good; other keys never wait for it. When the receiver itself
 * is in trouble the rest of the batch stays home. Pure.
 */
#ifndef SINKS_BATCH_H
#define SINKS_BATCH_H

#include "base/arena.h"
#include "model/letter.h"

/* Letters in a row that failed for now, after which the receiver counts as down. */
#define BATCH_FAILURES_MAX 3

struct batch {
	size_t n;
	size_t at;     /* the first that was not taken yet */
	size_t *key;   /* of each letter: a number below n; letters without order have their own */
	bool *taken;   /* letter i was given out */
	bool *blocked; /* key k: one of its letters is on the way, or failed */
	size_t flying, failures;
	bool proven; /* one letter was delivered */
	bool over;   /* nothing more is given out */
};

#define BATCH_NONE SIZE_MAX

void batch_init(struct batch *b, const struct letter *letters, size_t n, struct arena *a);

/* The number of the next letter that may go now, or BATCH_NONE. It counts as on the way. */
size_t batch_next(struct batch *b);

/* What became of letter i. */
void batch_done(struct batch *b, size_t i, const struct answer *w);

#endif
