/* SPDX-License-Identifier: Apache-2.0
 *
 * health: what forewarnd has to say of itself: a sink that is dead, a disk that is full. Each is an
 * alert of its own, so that a receiver that keeps incidents can end it.
 */
#ifndef DAEMON_HEALTH_H
#define DAEMON_HEALTH_H

#include "daemon/ground.h"

struct health {
	const struct ground *on;
	bool storage_known; /* whether there is room was told or needed no telling */
	bool storage_room;  /* as last told */
};

void health_init(struct health *h, const struct ground *on);

/* Tells the others that messages do not arrive at that way, or that they do again (that way hears
 * of its end too). One transaction; -1: nothing was written. since: wall. */
int health_sink_dead(struct health *h, const struct way *w, instant since, const char *reason);
int health_sink_back(struct health *h, const struct way *w, instant since);

/* Since when a sink that was told of as dead is so, over any restart; INSTANT_NONE: it is not. */
int health_dead_since(const struct health *h, const char *sink, instant *since, struct err *e);

/* Within a transaction: ends what was told of dead sinks that are no longer configured. */
int health_forget_gone(struct health *h, struct err *e);

/* Each minute: tells that no room is left for the state, and that there is again. */
void health_storage(struct health *h);

#endif
