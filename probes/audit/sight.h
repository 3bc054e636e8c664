/* SPDX-License-Identifier: Apache-2.0
 *
 * sight: how a log's own file was by statx(2), without a byte of it, and as lines of the head.
 * Pure.
 */
#ifndef PROBES_AUDIT_SIGHT_H
#define PROBES_AUDIT_SIGHT_H

#include "statement.h"

struct sight {
	uint64_t ino;
	int64_t btime;              /* s; 0: the file system has none */
	uint32_t mode, uid;         /* mode: 0 to 07777 */
	uint32_t append, immutable; /* flags of the file: 1 or 0 */
};

struct sights {
	bool known;
	struct sight first,
	    last; /* first: of the file that is there now, when it came, or tighter */
};

void sights_put(const struct sights *s, struct str *out);

/* The line is one of these: *ours. false: and it is none that was written so. */
bool sights_get(struct sights *s, const struct statement *st, bool *ours);

#endif
