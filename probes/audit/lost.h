/* SPDX-License-Identifier: Apache-2.0
 *
 * lost: bytes that were noted stand in no file any more. Finds out how they went, as exactly as the
 * notes allow, and notes the finding.
 */
#ifndef PROBES_AUDIT_LOST_H
#define PROBES_AUDIT_LOST_H

#include "log.h"

/* The log's own text is not in any file. own: what stands under its name now, or NULL. */
void lost_active(struct log *l, struct segment *g, struct file *own);

/* Older files that are gone or are not what they were. */
void lost_generations(struct log *l);

/* An unfinished last record became shorter or vanished. */
void lost_unfinished(struct log *l, struct segment *g, const struct file *f);

/* What was added after a loss vanished when an older state was put back. */
void lost_added(struct log *l, struct segment *g);

/* The findings that some of what was noted is not what stands in g->file. false: it cannot be read.
 */
bool lost_say_changed(struct log *l, const struct segment *g);

#endif
