/* SPDX-License-Identifier: Apache-2.0
 *
 * posts_private: between the files of posts: cells (posts.c), answers (posts_answers.c), and how it
 * goes with a sink (posts_state.c), which calls neither.
 */
#ifndef DAEMON_POSTS_PRIVATE_H
#define DAEMON_POSTS_PRIVATE_H

#include "daemon/posts.h"

/* Takes what the cell has to say into the store. false: it will say no more. */
bool sending_take_answers(struct posts *p, struct sending *s);

/* Which letters of a sink may go now. */
enum lane { LANE_CLOSED, LANE_URGENT, LANE_OPEN };
enum lane sending_lane(const struct posts *p, size_t sink);
/* CLOCK_BOOTTIME: when its next cell is to start; SPAN_MAX: no letter waits. */
span sending_next(const struct posts *p, size_t sink);

/* It took a letter. partly: who did not get it, and why; NULL: all did. */
void sending_worked(struct posts *p, struct sending *s, const char *partly);
/* It refused the last letters, sending.refusals of them in a row. */
void sending_refused(struct posts *p, struct sending *s, const char *why);
/* It took nothing: waits, and is dead after a while. asked: the wait that its receiver asked for.
 */
void sending_failed(
    struct posts *p, struct sending *s, enum outbox_pace pace, span asked, const char *why);
/* It has not taken a letter for longer than a restart takes, or refuses them. */
bool sending_is_stuck(const struct sending *s);
/* The test alert that waits has its answer. */
void sending_tested(struct sending *s, enum sink_test test, const char *answer);

/* What arrived while nothing could be written, within a transaction. */
int sending_note_arrived(struct posts *p, struct sending *s, struct err *e);
/* That could not be noted: it is sent again, and not at once, or a full disk floods a receiver. */
void sending_not_noted(struct posts *p, struct sending *s, const struct err *e);

#endif
