/* SPDX-License-Identifier: Apache-2.0
 *
 * posts: letters on their way: a cell a sink while letters are due, their answers back into the
 * outbox. One slow or dead sink holds up no other.
 */
#ifndef DAEMON_POSTS_H
#define DAEMON_POSTS_H

#include "daemon/ground.h"
#include "tell/outbox.h"
#include "tell/post.h"

#include <poll.h>

#define POSTS_LETTERS 500 /* in one batch of a sink */

/* How it goes with one sink. */
struct sending {
	const struct sink_conf *conf; /* of the configuration in force */
	/* while a cell of it runs */
	bool posting;
	struct post post;
	struct arena *batch; /* of `letters` */
	struct store_letter *letters;
	bool *answered; /* each of them */
	size_t nletters;
	bool in_transaction; /* of its answers */
	span kill_at;        /* CLOCK_MONOTONIC */
	/* over its cells, and over reloads */
	uint32_t failures;              /* in a row */
	uint32_t unnoted;               /* answers in a row that the state did not take */
	int64_t arrived[POSTS_LETTERS]; /* rows of letters that arrived, which the state does not
					   know yet */
	size_t narrived;
	span not_before;                /* CLOCK_BOOTTIME: no cell before it */
	instant dead_since;             /* wall; INSTANT_NONE: it works */
	bool dead;                      /* for so long that the others are told */
	instant last_taken;             /* wall; INSTANT_NONE: nothing since the start */
	uint64_t delivered;             /* letters, since the daemon started */
	char reason[LETTER_REASON_MAX]; /* why it did not take them last */
};

struct posts {
	const struct ground *on;
	const char *program; /* the sink cell's, lent */
	struct sending *v;   /* one a way, in the same order; lies with the generation in force */
	size_t n;
	bool changed;                   /* one of them became dead or works again */
	instant heartbeat_delivered_at; /* wall: somebody took the last heartbeat; INSTANT_NONE */
};

void posts_init(struct posts *p, const struct ground *on, const char *program);
/* Ends all cells; letters without an answer are sent again. */
void posts_stop(struct posts *p);
void posts_fini(struct posts *p);

/* Another configuration is in force, and the one before it not freed yet. What is known of a sink
 * goes over by its id; the cell of one whose options have changed, or that is gone, is ended. */
void posts_adopt(struct posts *p);
/* That it was dead when this daemon started. */
void posts_know_dead(struct posts *p, size_t sink, instant since);

void posts_start(struct posts *p);                      /* cells for letters that are due */
size_t posts_poll(struct posts *p, struct pollfd *pfd); /* WAYS_MAX places at most */
void posts_handle(struct posts *p, const struct pollfd *pfd, size_t n);
span posts_next(const struct posts *p);                /* CLOCK_BOOTTIME */
size_t posts_pids(const struct posts *p, pid_t *pids); /* cells that run: WAYS_MAX at most */

/* How a sink does, for the check that the daemon makes of itself. */
struct sink_state {
	bool dead;     /* it has not taken letters for so long that the others are told */
	instant since; /* wall: dead since then; INSTANT_NONE: it works */
	instant
	    last_taken; /* wall: the last letter that arrived; INSTANT_NONE: none since the start */
	const char *reason; /* why it did not take them last; "" */
};
void posts_state(const struct posts *p, size_t sink, struct sink_state *out);
/* Whether the state of one has changed since this was last asked. */
bool posts_changed(struct posts *p);

#endif
