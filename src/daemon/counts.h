/* SPDX-License-Identifier: Apache-2.0
 *
 * counts: how many things there are of each level, and how many letters wait.
 */
#ifndef DAEMON_COUNTS_H
#define DAEMON_COUNTS_H

#include "daemon/ground.h"

/* The standing of a check's own run, on which its items hang. */
#define RUN_TARGET "run"
#define RUN_RULE_NAME "run"

bool row_is_run(const struct store_standing *row);

int counts_take(const struct ground *on, struct event_counts *out, struct err *e);
/* What is excepted counts as LEVEL_EXCEPTED. */
enum level counts_worst(const struct event_counts *c);

#endif
