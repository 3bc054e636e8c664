/* SPDX-License-Identifier: Apache-2.0
 *
 * checkpoint: what checks have kept here goes out in the feed, once a day: whoever can write this
 * computer's disk can rewrite its notes, but not what a receiver has already.
 */
#ifndef DAEMON_CHECKPOINT_H
#define DAEMON_CHECKPOINT_H

#include "daemon/ground.h"

#define CHECKPOINT_EVERY SPAN_DAY
#define CHECKPOINT_HEADS 12 /* texts of one event: all of them fit into a body */

/* Once a minute: what is due goes out. The first time as soon as anything is kept. */
void checkpoint_daily(const struct ground *on);

/* Within a transaction: a receiver has taken a checkpoint that was made at that moment. */
int checkpoint_taken(const struct ground *on, instant made, struct err *e);

#endif
