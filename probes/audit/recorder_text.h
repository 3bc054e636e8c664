/* SPDX-License-Identifier: Apache-2.0
 *
 * recorder_text: what one program said of its own recording (testimony.h), as a line of the head.
 * Pure.
 */
#ifndef PROBES_AUDIT_RECORDER_TEXT_H
#define PROBES_AUDIT_RECORDER_TEXT_H

#include "statement.h"
#include "testimony.h"

void recorder_put(struct str *out, const struct recorder *r);

/* Adds the line's recorder. false: there are TESTIMONY_RECORDERS, or it is none that was written
 * so. */
bool recorder_get(struct testimony *t, const struct statement *st);

#endif
