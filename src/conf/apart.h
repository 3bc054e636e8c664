/* SPDX-License-Identifier: Apache-2.0
 *
 * apart: the texts of a configuration parsed in a process of its own, forked once a configuration,
 * without a right or a file, gone when it is done. If it crashes, hangs or lies, the process that
 * asked has an error and goes on.
 */
#ifndef CONF_APART_H
#define CONF_APART_H

#include "base/frame.h"
#include "base/span.h"
#include "conf/conf.h"
#include "conf/source.h"
#include "conf/tree.h"

#include <sys/types.h>

#define APART_WAIT                                                                                 \
	(30 * SPAN_S) /* monotonic, for all the texts; forewarnd's watchdog waits longer */
#define APART_FD 3    /* its end of the socket pair */

struct apart {
	pid_t pid; /* 0: it was reaped, or never started */
	int fd;
	int timer; /* its time, CLOCK_MONOTONIC */
	struct frame_reader in;
};

/* Starts it on those of the n texts that have no fault, in this order. lock: see conf.h. Blocks for
 * the fork. -1 with *e set; apart_end is due in any case. */
int apart_start(
    struct apart *p, const struct source *texts, size_t n, conf_lock *lock, struct err *e);

/* From now on it has so long. 0, or -1 with errno. */
int apart_wait(const struct apart *p, span wait);

/* The tree of the next text, or where its syntax is broken, into *t. Blocks, not past APART_WAIT.
 * -1 with *e set: the process crashed, hung or sent nonsense, and nothing more comes of it. */
int apart_next(struct apart *p, struct tree_in *t, struct err *e);

/* Ends what still runs of it. */
void apart_end(struct apart *p);

#endif
