/* SPDX-License-Identifier: Apache-2.0
 *
 * journal_file: what the header of a journal file says (JOURNAL_FILE_FORMAT of systemd, "Header").
 * Pure; the bytes come from a disk.
 */
#ifndef PROBES_AUDIT_JOURNAL_FILE_H
#define PROBES_AUDIT_JOURNAL_FILE_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOURNAL_HEADER 208 /* bytes that are looked at, the first ones; each version has them */
#define JOURNAL_ID 33      /* 32 hex digits, with the NUL */

enum journal_state { JOURNAL_OFFLINE, JOURNAL_ONLINE, JOURNAL_ARCHIVED };

struct journal_header {
	enum journal_state state;
	char id[JOURNAL_ID], seqnum_id[JOURNAL_ID]; /* of the file; of the row of numbers */
	uint64_t entries, head, tail; /* numbers of its first and last entry; 0: none */
	instant first, last;          /* times of these */
};

/* false: it is no such header, or contradicts itself. */
bool journal_header(const uint8_t *bytes, size_t n, struct journal_header *out);

#endif
