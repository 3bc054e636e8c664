/* SPDX-License-Identifier: Apache-2.0
 *
 * looks: all machines of a check asked at once, each by a thread of its own.
 */
#ifndef CLOCKS_LOOKS_H
#define CLOCKS_LOOKS_H

#include "look.h"

struct looks;

/* Starts n threads, one for each of the targets, which the caller keeps. NULL with *e set. The
 * terms are copied. What a thread that never comes back works on is never freed. */
struct looks *looks_start(
    const struct look_terms *t, const struct clocks_target *targets, size_t n, struct err *e);

/* Waits until all are done, or until t->until. Then `out` has what each found; one that is not
 * done by then has `done` false. */
void looks_wait(struct looks *l, struct look *out);

#endif
