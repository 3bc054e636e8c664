/* SPDX-License-Identifier: Apache-2.0
 *
 * cut: a block of a log into chunks of whole records, of AUDIT_CHUNK bytes at most; a longer record
 * is a chunk of its own, split at AUDIT_RECORD bytes. Pure.
 */
#ifndef PROBES_AUDIT_CUT_H
#define PROBES_AUDIT_CUT_H

#include "hasher.h"

/* at_end: nothing follows the block in the file; ends: and nothing will be added to it, so that its
 * last record is whole without a line end. Fills b->chunk; returns the bytes that are in one. */
size_t cut_chunks(struct hashed_block *b, bool at_end, bool ends);

#endif
