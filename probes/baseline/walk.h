/* SPDX-License-Identifier: Apache-2.0
 *
 * walk: looks at all files of a folder, and reads those whose bytes may have changed: size, times
 * or inode are others, or they were last read BASELINE_AGAIN ago. Links are not followed: what they
 * say is compared. What is no file, folder or link is compared by its kind. Blocks until the run's
 * deadline at most.
 */
#ifndef BASELINE_WALK_H
#define BASELINE_WALK_H

#include "files.h"

/* room: files that may still be added, of all folders of the check. */
void walk(const struct probe_ctx *ctx, const struct texts *skip, struct folder *f, size_t *room,
    instant now);

/* The SHA-256 of n bytes, as hex digits. Pure. */
void sum_text(const char *text, size_t n, char out[SHA_TEXT]);

#endif
