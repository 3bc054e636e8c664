/* SPDX-License-Identifier: Apache-2.0
 *
 * born: new segments of a log, and the statements that tell of a segment's file.
 */
#ifndef PROBES_AUDIT_BORN_H
#define PROBES_AUDIT_BORN_H

#include "log.h"

/* Notes "fw1 VERB" with the segment's name and what the file system says of its file. */
void born_say(struct state *s, const char *verb, const struct segment *g, instant now);

/* f holds g's text now. */
void born_claim(struct segment *g, struct file *f);

/* A new segment before index `at`, in f. Pointers to segments move. */
struct segment *born_segment(struct log *l, size_t at, struct file *f, enum seg_state state);

/* Older files that nothing is known of: on the first run all of them, else what came and went
 * between two runs, or was put there. Each is put where its time says. */
void born_unknown(struct log *l);

#endif
