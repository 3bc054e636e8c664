/* SPDX-License-Identifier: Apache-2.0
 *
 * canary: a dated file with a number that nobody can guess, which forewarn keeps in a folder that
 * is backed up (option canary_in), one for each day (UTC), the newest CANARY_MAX. Whoever restores
 * a run shows by it which run came back. What was written is noted in the check's own folder, file
 * CANARY_NOTES: a line "canary-2026-11-16 NONCE" for each, oldest first; NONCE is 32 hex digits.
 * The file in the source holds that line behind "forewarn ".
 */
#ifndef PROBES_BACKUP_CANARY_H
#define PROBES_BACKUP_CANARY_H

#include "probes/probe.h"

#define CANARY_MAX 40
#define CANARY_NAME sizeof("canary-2026-11-16")
#define CANARY_NONCE 33
#define CANARY_NOTES "canaries"
#define CANARY_NOTES_MAX ((size_t)CANARY_MAX * (CANARY_NAME + CANARY_NONCE))

struct canary {
	char name[CANARY_NAME], nonce[CANARY_NONCE];
};

struct canaries {
	struct canary v[CANARY_MAX];
	size_t n;
};

/* The notes, from their text; false: they are damaged. Pure. */
bool canaries_read(const char *text, size_t len, struct canaries *out);

/* Writes the canary of today where there is none, takes away the oldest past CANARY_MAX, looks
 * whether the others are as they were written, and tells it (rule backup.canary). */
void canary_keep(const struct probe_ctx *ctx, const char *folder, instant now);

#endif
