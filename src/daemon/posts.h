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

enum sink_health {
	SINK_FINE,
	SINK_FAILING,  /* it does not take letters, and that may be a restart of its receiver */
	SINK_DEAD,     /* it has taken none for a while, or a person has to do something first */
	SINK_PAUSED,   /* its receiver wants nothing any more (410) */
	SINK_REFUSING, /* it refused two letters in a row */
	SINK_PARTLY,   /* it takes letters, and some of those whom it names do not get them */
	SINK_HEALTHS
};

/* What became of the newest test alert. */
enum sink_test { SINK_UNTESTED, SINK_TEST_WAITS, SINK_TEST_TAKEN, SINK_TEST_NOT_TAKEN };

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
	uint32_t refusals;              /* in a row: letters that it will never take */
	uint32_t unnoted;               /* answers in a row that the state did not take */
	int64_t arrived[POSTS_LETTERS]; /* rows of letters that arrived, which the state does not
					   know yet */
	size_t narrived;
	bool parked;          /* letters may wait until it takes one again */
	span not_before;      /* CLOCK_BOOTTIME: no cell before it */
	span not_before_stop; /* the same for letters of level stop */
	span next_company;    /* CLOCK_BOOTTIME: no summary before it */
	enum sink_health health;
	instant since;      /* wall: it is not fine since then; INSTANT_NONE: it is fine */
	instant last_taken; /* wall: a letter; INSTANT_NONE: none since the daemon started */
	uint64_t delivered; /* letters, since the daemon started */
	char reason[LETTER_REASON_MAX + 1]; /* why it did not take them last */
	char cell[FENCE_TEXT_MAX]; /* what confined its last cell, in words; "" not known yet */
	enum sink_test test;
	char test_answer[LETTER_REASON_MAX + 1];
};

struct posts {
	const struct ground *on;
	const char *program; /* the sink cell's, lent */
	struct sending *v;   /* one a way, in the same order; lies with the generation in force */
	size_t n;
	bool changed; /* how people are told of one of them, or what confines it, is another now */
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
/* The id of the sink whose cell that process is, lent; NULL: it is none. */
const char *posts_of_pid(const struct posts *p, pid_t pid);

/* How it goes with a sink now. */
struct sink_state {
	enum sink_health health;
	bool dead;          /* so bad that the others are told: dead, paused or refusing */
	instant since;      /* wall: it has not been fine since then; INSTANT_NONE: it is */
	instant last_taken; /* wall: a letter; INSTANT_NONE: none since the daemon started */
	instant next_try;   /* wall; INSTANT_NONE: nothing waits, or only for what it takes next */
	uint64_t waiting;   /* letters */
	uint64_t dropped;   /* letters that were given up, over restarts */
	uint64_t delivered; /* letters, since the daemon started */
	const char *reason; /* why it did not take them last; "" it always did */
	const char *cell;   /* what confined its last cell, in words; "" not known yet */
	enum sink_test test;
	const char *test_answer; /* "" none yet */
};
/* Text is lent. -1: the outbox cannot be read, and what is counted there is 0. */
int posts_state(const struct posts *p, size_t sink, struct sink_state *out);
/* Whether one became dead, partly dead or fine, or another cell, since this was last asked. */
bool posts_changed(struct posts *p);

/* A test alert was put into the outbox of each: it goes at once, whatever the sink waits for. */
void posts_test(struct posts *p);

#endif
