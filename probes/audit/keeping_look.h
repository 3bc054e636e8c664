/* SPDX-License-Identifier: Apache-2.0
 *
 * keeping_look: puts together what keeping.h judges of a text log, and notes what comes of it.
 */
#ifndef PROBES_AUDIT_KEEPING_LOOK_H
#define PROBES_AUDIT_KEEPING_LOOK_H

#include "log.h"

#include "probes/probe.h"

/* Notes or ends the finding of rule "keeping", and fills l->outlook. Where no retention is given,
 * nothing is looked at. After rotation_look. Blocks on the disk for the configuration. */
void keeping_look(struct log *l);

/* The item of rule audit.keeping that says why it is not known how long records are kept; nothing
 * where it is known, or nothing asks. */
void keeping_unknown(const struct probe_ctx *ctx, const struct log *l);

#endif
