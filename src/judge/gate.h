/* SPDX-License-Identifier: Apache-2.0
 *
 * gate: what stands between a confirmed level and its telling: exceptions, silences, a cause that
 * is told in its place. Pure; for policy.c.
 */
#ifndef JUDGE_GATE_H
#define JUDGE_GATE_H

#include "judge/policy.h"

bool gate_parent_hides(const struct standing *p, enum level level);
/* The exception that covers that level now and lasts longest; NULL: none. */
const struct exception *gate_exception(const struct policy_now *n, enum level level);
bool gate_silenced(const struct policy_now *n, enum level level);
/* Trouble that is new: the check it hangs on is run once before it is told. */
bool gate_waits_for_cause(const struct policy_now *n, const struct standing *st, enum level level);

#endif
