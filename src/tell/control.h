/* SPDX-License-Identifier: Apache-2.0
 *
 * control: the daemon's socket for the command and the tray. Whoever may connect (the mode of the
 * socket says who) may read; only root and the daemon's own user may act (SO_PEERCRED, unix(7)).
 * Never blocks; a client that is slow, sends nonsense or nothing costs a bounded queue and goes.
 */
#ifndef TELL_CONTROL_H
#define TELL_CONTROL_H

#include "base/clk.h"
#include "cell/peer.h"
#include "tell/control_wire.h"

#include <poll.h>
#include <sys/types.h>

#define CONTROL_CLIENTS                                                                            \
	64 /* at once; for one more the one goes that has said nothing for longest */
#define CONTROL_QUEUE ((size_t)64 << 20)   /* bytes of an answer that wait to be read */
#define CONTROL_EVENTS ((size_t)256 << 10) /* of events, for one who listens */
#define CONTROL_PATIENCE (10 * SPAN_S)     /* for a request, and for an answer to be read */

struct control;
struct control_client;

struct control_ops {
	/* Answers with control_answer, and ends with CTL_DONE or CTL_REFUSED. by: name of the user
	 * who asks. may_act: what changes something is allowed to it. */
	void (*request)(void *self, struct control_client *to, const struct ctl_request *r,
	    const char *by, bool may_act);
	void *self;
};

/* Makes the folder (0755) and the socket: 0660 for the group of the folder when system is set, else
 * 0600. A socket that nobody serves any more is replaced. NULL with *e set. */
struct control *control_new(
    const char *path, bool system, struct clk *clk, const struct control_ops *ops, struct err *e);
void control_free(struct control *c);

size_t control_poll(struct control *c, struct pollfd *p, size_t max);
void control_handle(struct control *c, const struct pollfd *p, size_t n);
/* When a client's patience ends, on clk->mono; SPAN_MAX: never. */
span control_next(const struct control *c);

/* Where the program that asks comes from (cell/peer.h), asked now. */
void control_origin(const struct control_client *of, struct peer_origin *o);
void control_answer(struct control_client *to, const struct frame *f);
/* From now on it gets what is published. */
void control_listen(struct control_client *to);
void control_publish(struct control *c, const struct frame *f);

#endif
