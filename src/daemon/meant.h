/* SPDX-License-Identifier: Apache-2.0
 *
 * meant: what a pattern of fingerprints means among what is watched now. Reads the store, blocks on
 * the disk.
 */
#ifndef DAEMON_MEANT_H
#define DAEMON_MEANT_H

#include "daemon/asking.h"

/* Whether the pattern fits a configured check or anything that is watched. What cannot be read now
 * counts as meant. */
bool meant_anything(struct asking *q, const char *pattern);

/* The same for n patterns in one walk over the store: matches[i] is of patterns[i]. */
void meant_each(struct asking *q, const char *const *patterns, size_t n, bool *matches);

/* Adds to q->things and q->open what the pattern covers now. */
void meant_count(struct asking *q, const char *pattern);

#endif
