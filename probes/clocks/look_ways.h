/* SPDX-License-Identifier: Apache-2.0
 *
 * look_ways: the ways a machine is asked by, one a scheme, and what they share. Each fills *l and
 * is true when the difference was measured.
 */
#ifndef CLOCKS_LOOK_WAYS_H
#define CLOCKS_LOOK_WAYS_H

#include "look.h"

bool look_ntp(struct look *l, const struct look_terms *t);
bool look_http(struct look *l, const struct look_terms *t);
bool look_smb(struct look *l, const struct look_terms *t);
bool look_share(struct look *l, const struct look_terms *t);

/* Writes `why`; false. */
__attribute__((format(printf, 2, 3))) bool look_failed(struct look *l, const char *fmt, ...);

/* Whether our own wall clock was not set since `wall` and `mono` were read together. */
bool look_unset(int64_t wall, int64_t mono);

/* When the patience with the next answer ends, CLOCK_MONOTONIC. */
int64_t look_patience(const struct look_terms *t);

#endif
