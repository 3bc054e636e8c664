/* SPDX-License-Identifier: Apache-2.0
 *
 * confirm: from single runs to a level that counts; the part of the policy that looks at runs and
 * tells nobody.
 */
#ifndef JUDGE_CONFIRM_H
#define JUDGE_CONFIRM_H

#include "judge/policy.h"

/* Takes the run into the standing. True: it has just stopped to come and go. */
bool confirm_seen(
    struct standing *st, const struct policy_seen *seen, const struct policy_terms *t, instant now);

/* The level that counts, from now on. */
void confirm_hold(struct standing *st, enum level level, instant now);

/* No result came in time: unknown at once, since valid_until already spans more than one run. */
void confirm_stale(struct standing *st, instant now);

/* A clock that went back must not put the past into the future: whatever was then, was now. */
void confirm_clock(struct standing *st, instant now);

#endif
