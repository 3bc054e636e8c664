/* SPDX-License-Identifier: Apache-2.0
 *
 * posts_private: between the two files of posts: how an answer changes what is known of a sink.
 */
#ifndef DAEMON_POSTS_PRIVATE_H
#define DAEMON_POSTS_PRIVATE_H

#include "daemon/posts.h"

/* Takes what the cell has to say into the store. false: it will say no more. */
bool sending_take_answers(struct posts *p, struct sending *s);

/* It took nothing: waits, and is dead after a while. asked: the wait that its receiver asked for.
 */
void sending_failed(
    struct posts *p, struct sending *s, enum outbox_pace pace, span asked, const char *why);

/* What arrived while nothing could be written, within a transaction. */
int sending_note_arrived(struct posts *p, struct sending *s, struct err *e);
/* That could not be noted: it is sent again, and not at once, or a full disk floods a receiver. */
void sending_not_noted(struct posts *p, struct sending *s, const struct err *e);

#endif
