/* SPDX-License-Identifier: Apache-2.0
 *
 * outbox: when a letter that was not taken is tried again. Pure. Exponential with jitter, and never
 * given up: a receiver that is away for days (Standard Webhooks: 75 h) still gets what waits.
 */
#ifndef TELL_OUTBOX_H
#define TELL_OUTBOX_H

#include "base/span.h"

#include <stdint.h>

#define OUTBOX_FIRST (2 * SPAN_S)
#define OUTBOX_LONGEST (15 * SPAN_MIN)
/* A person may have to do something first; or it was an ingress in the middle of an upgrade: after
 * the first, the second and every later try. */
#define OUTBOX_SLOW_FIRST SPAN_MIN
#define OUTBOX_SLOW_SECOND (5 * SPAN_MIN)
#define OUTBOX_SLOW (15 * SPAN_MIN)
#define OUTBOX_STOP_ASKED SPAN_H    /* the longest wait that a receiver may ask for before a stop */
#define OUTBOX_PAUSED (12 * SPAN_H) /* the receiver said it wants no more: a look twice a day */

enum outbox_pace { PACE_USUAL, PACE_SLOW, PACE_PAUSED };

/* The wait before the next try. tries: those that were made. asked: what the receiver asked for
 * (Retry-After), 0 nothing: never sooner than that. random: any number. */
span outbox_wait(enum outbox_pace pace, uint32_t tries, span asked, uint64_t random);

#endif
