/* SPDX-License-Identifier: Apache-2.0
 *
 * asker: one run of ask_all, shared by its parts: ask.c (the loop), ask_turn.c (whose turn it is),
 * ask_send.c and ask_receive.c. Servers are named by their place in `servers`; every `span` is on
 * CLOCK_MONOTONIC.
 */
#ifndef CLOCK_ASKER_H
#define CLOCK_ASKER_H

#include "ask_table.h"
#include "asked.h"
#include "ticks.h"

#define ASKER_RING 64
#define ASKER_PACE (5 * SPAN_MS) /* a request leaves the window then, answered or not */
#define ASKER_FAILURES_MAX 3
#define ASKER_NONE SIZE_MAX /* no place in `servers` */
#define ASKER_LEFT_MAX 64   /* servers for which the kernel is asked when requests leave */

struct asker {
	const struct ask_plan *plan;
	struct ask_server *servers;
	size_t n, room, left; /* `n` grows when a name has several addresses, up to `room` */
	size_t configured;    /* the first so many are those of the configuration */
	bool told;            /* that it goes on */
	int fds[2];           /* IPv4, IPv6; -1: not open */
	struct ask_table table;
	size_t head, tail; /* of the queue; ASKER_NONE: empty */
	struct {
		size_t server, request;
	} ring[ASKER_RING];
	size_t ring_at, ring_n, window, flying;
	span next_due;
	int64_t precision;
	struct resolver *resolver; /* of owners: places in `servers`; NULL: no name so far */
};

/* ask_turn.c */
void asker_ready(struct asker *a, size_t i); /* into the queue */
void asker_later(struct asker *a, size_t i, enum ask_state state, span due);
void asker_done(struct asker *a, size_t i);
void asker_go_on(struct asker *a, size_t i);            /* after a good sample */
void asker_failed(struct asker *a, size_t i, span now); /* its newest request got no good answer */
/* The address of server i at that place cannot be reached: errno. */
void asker_closed_way(struct asker *a, size_t i, size_t address, int error, span now);
/* Takes a request out of the window: others are sent though it has no answer yet. */
void asker_unpace(struct asker *a, struct ask_request *q);
bool asker_has_room(struct asker *a, span now); /* for one more request on its way */
void asker_sweep(struct asker *a, span now);    /* whoever is due */

/* ask_send.c: requests to those whose turn it is, while there is room. */
void asker_send(struct asker *a);

/* ask_receive.c: one batch; true: there may be more. */
bool asker_receive(struct asker *a, int fd);
void asker_errors(struct asker *a, int fd);

#endif
