/* SPDX-License-Identifier: Apache-2.0
 *
 * outlook_tell: the words for what is ahead of a log.
 */
#ifndef PROBES_AUDIT_OUTLOOK_TELL_H
#define PROBES_AUDIT_OUTLOOK_TELL_H

#include "facts.h"
#include "log.h"

#include "probes/probe.h"

/* Adds to an item of a finding that is measured anew in each run (finding_is_standing) what it was
 * measured by, and the day on which the disk is full. */
void outlook_tell(const struct log *l, struct item *it, struct evidence_list *facts);

/* Which configuration says how the log is set aside, or why none could be read. */
void outlook_settings(const struct log *l, struct evidence_list *facts);

/* The item of rule audit.room: the disk of a log from which nothing is deleted. Nothing is told
 * while that is not known or far. */
void outlook_room(const struct probe_ctx *ctx, const struct log *l);

#endif
