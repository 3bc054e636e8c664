/* SPDX-License-Identifier: Apache-2.0
 *
 * takeover: the sidecars of what was sealed without one (notes of 0.1.0), or whose sidecar or key
 * is gone: made from the bytes in the file, as far as the SHA-256 of their chunk still proves them.
 */
#ifndef PROBES_AUDIT_TAKEOVER_H
#define PROBES_AUDIT_TAKEOVER_H

#include "log.h"

/* Goes on where the last run came to, until l->until. look: also whether the sidecars that should
 * be there are (their lengths). What cannot be read or written is tried again by the next run; a
 * chunk whose bytes are not those that were noted has no block, which says no more than that.
 * Blocks on the disk. */
void takeover(struct log *l, bool look);

/* The key is a new one: no sidecar is of any use. */
void takeover_all(struct log *l);

#endif
