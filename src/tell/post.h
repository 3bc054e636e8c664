/* SPDX-License-Identifier: Apache-2.0
 *
 * post: one batch of letters on its way through a sink cell, from the daemon's side. Never blocks
 * but in post_end. Knows no outbox: answers go to whoever started it.
 */
#ifndef TELL_POST_H
#define TELL_POST_H

#include "cell/child.h"
#include "conf/schema.h"
#include "model/post_wire.h"

#define POST_BATCH_BYTES ((size_t)8 << 20) /* of all frames of one batch */
#define POST_STDERR_MAX 256                /* bytes of what a dying cell said that are kept */

struct post {
	struct child child;
	uint8_t *out; /* frames that wait to be written */
	size_t nout, sent;
	struct frame_reader in;
	struct arena *arena; /* of one answer */
	uint32_t letters, answers;
	bool closed;               /* its stream is at its end */
	bool ended;                /* POST_END came, and every letter had its answer */
	char cell[FENCE_TEXT_MAX]; /* what confines it, in words; "" not told */
	char fault[ERR_TEXT_MAX];  /* why there will be no end; "" as long as it goes well */
};

/* How many of the letters, from the first, fit into one batch: at least 1 when n > 0. */
size_t post_batch(const struct letter *letters, size_t n);

/* Starts the program (forewarn-sink) and gives it job->letters letters. Everything is copied. -1
 * with *e set, and nothing to end. */
int post_start(struct post *p, const char *program, const struct post_job *job,
    const struct opt *opts, const void *conf, const struct letter *letters, struct err *e);

/* What to poll p->child.fd for: POLLIN, and POLLOUT while letters wait. */
short post_events(const struct post *p);

/* When that has come: writes and reads what there is; each answer is handed over, its text
 * borrowed. false: it is over, call post_end. */
bool post_turn(struct post *p, void (*answer)(void *self, const struct answer *w), void *self);

/* Kills what still runs, reaps it and frees all. 0 when it ended well. -1 with *e set: why it did
 * not; letters without an answer may have been sent. */
int post_end(struct post *p, struct err *e);

#endif
