/* SPDX-License-Identifier: Apache-2.0
 *
 * journal_list: the journal files of one folder, noted and there.
 */
#ifndef PROBES_AUDIT_JOURNAL_LIST_H
#define PROBES_AUDIT_JOURNAL_LIST_H

#include "journal.h"
#include "journal_file.h"
#include "trail.h"

struct journal_seen {
	const char *name; /* in the folder */
	struct journal_header h;
	struct hints hints;
	bool here, noted, complete; /* complete: noted with the hash of all its bytes */
	bool of_system;             /* system*.journal, not of a user */
	uint64_t bytes;
	uint8_t hash[HASH_SIZE];
};

struct journal {
	struct trail *t;
	const char *folder;
	struct journal_seen *v; /* noted ones first; then ascending by head */
	size_t n, cap;
	size_t unread; /* files that are none, by their header */
};

const char *journal_path(const struct journal *j, const struct journal_seen *s); /* in the arena */

/* A statement of the notes, for trail_open. NULL: forget what was taken. */
void journal_take(void *journal, const struct statement *st);
/* Notes a file as it was seen first (hash NULL), or as archived. */
void journal_note(
    struct journal *j, const struct journal_seen *s, const uint8_t *hash, uint64_t bytes);

/* Looks into the folder. Waits at most LOOKS times for a header to settle. -1 with *e: it cannot be
 * read, or holds more than JOURNAL_FILES_MAX. */
int journal_list(struct journal *j, struct err *e);

#endif
