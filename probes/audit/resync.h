/* SPDX-License-Identifier: Apache-2.0
 *
 * resync: two rows of record hashes that differ at their first one: where they agree again, and
 * which records make the difference. Pure.
 */
#ifndef PROBES_AUDIT_RESYNC_H
#define PROBES_AUDIT_RESYNC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESYNC_RUN 3                   /* records that agree one after another */
#define RESYNC_MAX ((size_t)65536)     /* of one row */
#define RESYNC_ALIKE 64                /* equal records of one row that are tried */
#define RESYNC_CELLS ((size_t)1 << 16) /* of the table for an exact answer */

struct row {
	const uint64_t *v;
	size_t n;  /* at most RESYNC_MAX */
	bool ends; /* nothing follows behind v[n - 1] */
};

/* The smallest *a + *b so that old from *a on and now from *b on agree for RESYNC_RUN records, or
 * up to where old ends. false: nowhere in these rows. */
bool resync_find(const struct row *old, const struct row *now, size_t *a, size_t *b);

/* A stretch of old that gave way to a stretch of now. */
struct stretch {
	size_t old_at, old_n, now_at, now_n;
};

/* The differences of two rows that may agree in between: exact while na * nb <= RESYNC_CELLS, else
 * one stretch for all. Calls each in order; false from it ends the walk. */
void resync_stretches(const uint64_t *old, size_t na, const uint64_t *now, size_t nb,
    bool (*each)(void *self, const struct stretch *s), void *self);

#endif
