/* SPDX-License-Identifier: Apache-2.0
 *
 * attempts: all places of a run asked at once, a thread each.
 */
#ifndef REACH_ATTEMPTS_H
#define REACH_ATTEMPTS_H

#include "attempt.h"

#define ATTEMPTS_MAX 256

/* Asks those n; returns when all are done or t->until has come. -1 with *e set: no thread could be
 * started. The lines of *v are filled; who was not done in time has done false. */
int attempts(const struct attempt_terms *t, struct attempt *v, size_t n, struct err *e);

#endif
