/* SPDX-License-Identifier: Apache-2.0
 *
 * tail: the last chunk of a segment while more may be added to it. It stands in the head, which is
 * written anew at each scan; its statement is appended once, when another chunk follows, when
 * nothing more comes, or after TAIL_DAY, and never changed. It counts as a chunk of its segment
 * (known.h).
 */
#ifndef PROBES_AUDIT_TAIL_H
#define PROBES_AUDIT_TAIL_H

#include "state.h"

#define TAIL_DAY (24 * SPAN_H) /* a chunk is open no longer */

bool tail_is_open(const struct segment *g);

/* Its statement is appended. Nothing when there is none open. */
void tail_close(struct state *s, struct segment *g);

/* As if it had not been sealed yet. What it was is returned. */
struct tail tail_reopen(struct state *s, struct segment *g);

/* A chunk that stays open, behind the one that is open and is closed by it. was: the chunk that was
 * reopened, which this one may be with what was added to it. */
void tail_leave(
    struct state *s, struct segment *g, const struct tail *next, const struct tail *was);

#endif
