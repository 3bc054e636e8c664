/* SPDX-License-Identifier: Apache-2.0
 *
 * confirm: from single runs to a level that counts; the part of the policy that looks at runs and
 * tells nobody.
 */
#ifndef JUDGE_CONFIRM_H
#define JUDGE_CONFIRM_H

#include "judge/policy.h"

/* Takes a run into the standing. True: the thing, which changed too often to be told of (flapping),
 * is steady again. */
bool confirm_seen(
    struct standing *st, const struct policy_seen *seen, const struct policy_terms *t, instant now);

/* No result came in time: unknown at once, since valid_until already spans more than one run. */
void confirm_stale(struct standing *st, instant now);

/* The wall clock was set back: moments of the standing that would now lie in the future become now.
 */
void confirm_clock(struct standing *st, instant now);

#endif
