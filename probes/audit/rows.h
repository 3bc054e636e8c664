/* SPDX-License-Identifier: Apache-2.0
 *
 * rows: a number for each record of a trail that keeps its own notes (export, ring), in blocks of a
 * sidecar.
 */
#ifndef PROBES_AUDIT_ROWS_H
#define PROBES_AUDIT_ROWS_H

#include "side.h"

#define ROWS_BLOCK ((size_t)8192) /* numbers of one block */

/* n numbers of the trail whose records have this SHA-256; v has room for one more. What cannot be
 * written is missing later. */
void rows_put(const struct side *f, uint64_t *v, size_t n, const uint8_t *sha);
/* false: one of the blocks is missing, damaged, or of other records. */
bool rows_get(const struct side *f, uint64_t *v, size_t n, const uint8_t *sha);

#endif
