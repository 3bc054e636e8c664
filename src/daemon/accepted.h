/* SPDX-License-Identifier: Apache-2.0
 *
 * accepted: findings that people accepted, on their way to the check and until it tells them no
 * more; and what checks have kept here. Blocks on the disk.
 */
#ifndef DAEMON_ACCEPTED_H
#define DAEMON_ACCEPTED_H

#include "daemon/ground.h"
#include "judge/policy.h"
#include "model/result.h"
#include "store/store.h"

/* What the check's next job hands over, in the arena; never NULL. What cannot be read now is left
 * out, and goes with a later job. */
const struct handed *accepted_handed(const struct ground *on, const char *check, struct arena *a);

/* Within a transaction: what the result tells no more has ended. A thing that could not be looked
 * at has not. */
int accepted_settle(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e);

/* Within a transaction: keeps what the result wants to be kept, and forgets what was kept of things
 * that the check does not speak of any more. */
int accepted_keep(const struct ground *on, const struct check_conf *k, const struct result *r,
    struct arena *a, struct err *e);

/* *yes: the row is over by what accepted_settle found at that moment. Else it is left as it is. */
int accepted_by(const struct ground *on, const struct store_standing *row, instant taken,
    struct arena *a, bool *yes, struct err *e);

/* For what is told of one row: the word of the person for which it is over; NULL: it is not over,
 * or was mended. */
int accepted_of(const struct ground *on, const struct outcome *told,
    const struct store_standing *row, struct arena *a, const struct accept **out, struct err *e);

#endif
