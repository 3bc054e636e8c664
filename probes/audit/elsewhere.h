/* SPDX-License-Identifier: Apache-2.0
 *
 * elsewhere: before records count as lost they are looked for, one by one, in every file of the
 * log's folder and of those that `rotated` names: plain or packed, under any name, in any order.
 */
#ifndef PROBES_AUDIT_ELSEWHERE_H
#define PROBES_AUDIT_ELSEWHERE_H

#include "diff.h"
#include "log.h"

#define ELSEWHERE_RECORDS ((size_t)262144)    /* that are looked for at once */
#define ELSEWHERE_BYTES ((uint64_t)256 << 20) /* read of all files, unpacked, for one segment */

struct elsewhere {
	uint64_t
	    asked; /* records looked for; 0: their hashes are not known or there are too many */
	uint64_t found;    /* of them, in whichever file */
	uint64_t first;    /* number of the first one that was not found */
	const char *where; /* the file that holds the most of them; NULL: none */
	size_t files;      /* that hold some */
	size_t unlooked;   /* files that were not looked through, or not to their end */
};

/* d NULL: all records of g, else those that d says were deleted or cut off. `but`: a file that is
 * not looked into, or NULL. Blocks on the disk, until l->until at most. */
void elsewhere_look(struct log *l, const struct segment *g, const struct diff *d, const char *but,
    struct elsewhere *out);

#endif
