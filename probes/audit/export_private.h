/* SPDX-License-Identifier: Apache-2.0
 *
 * export_private: an export while it is looked at.
 */
#ifndef PROBES_AUDIT_EXPORT_PRIVATE_H
#define PROBES_AUDIT_EXPORT_PRIVATE_H

#include "side.h"
#include "trail.h"

/* Records from the oldest: those of the file, or those that were noted. */
struct records {
	size_t n, bytes;
	uint64_t *hash;  /* NULL: single records are not known */
	const char **at; /* of the file */
	size_t *len;
	bool header; /* record 0 names the columns */
	uint8_t sha[HASH_SIZE];
};

struct export
{
	struct trail *t;
	struct side side;
	struct records old, now;
	bool noted;
};

/* What was noted does not stand at its end as it did: tells how. False: it was accepted. */
bool export_tell_changed(struct export *x);

#endif
