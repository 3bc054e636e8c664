/* SPDX-License-Identifier: Apache-2.0
 *
 * ring_fit: how the records of a log that keeps only its newest follow on from those that were
 * noted: the oldest of them may have left, new ones may have come, and what remains is as it was
 * and in its order. Pure.
 */
#ifndef PROBES_AUDIT_RING_FIT_H
#define PROBES_AUDIT_RING_FIT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hash for each record, the oldest first. */
struct ring_row {
	const uint64_t *v;
	size_t n;
};

enum ring_change { RING_SAME, RING_CHANGED, RING_DELETED, RING_INSERTED };

struct ring_fit {
	bool strange; /* nothing of what was noted is there */
	size_t left;  /* of the noted records, that are gone at the front */
	/* the first place that is not as it was; RING_SAME: there is none */
	enum ring_change change;
	size_t at, count; /* the first of those records in the notes, from 0; how many */
	size_t others;    /* records that are not as they were besides those */
};

void ring_fit(
    const struct ring_row *old, const struct ring_row *now, struct arena *a, struct ring_fit *out);

#endif
