/* SPDX-License-Identifier: Apache-2.0
 *
 * head: the head of a log's state as text, and the statement of a chunk. Pure, for the tests and
 * the fuzzer.
 */
#ifndef PROBES_AUDIT_HEAD_H
#define PROBES_AUDIT_HEAD_H

#include "known.h"

/* The head as text and back. */
void head_write(const struct state *s, struct str *out);
bool head_read(struct state *s, char *text, size_t n);
/* Its lines without the last, whose hash head_read has compared. */
bool head_lines(struct state *s, char *text, size_t n);

/* The numbers of a statement of a chunk; false: it is another statement. */
bool chunk_read(
    const struct statement *st, uint64_t *segment, struct part *part, uint64_t *records);

#endif
