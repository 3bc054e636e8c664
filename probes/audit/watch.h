/* SPDX-License-Identifier: Apache-2.0
 *
 * watch: one text log of a check in one run.
 */
#ifndef PROBES_AUDIT_WATCH_H
#define PROBES_AUDIT_WATCH_H

#include "log.h"
#include "record.h"

#include "probes/probe.h"

/* Looks at l, the log i of the check, and tells of it; its notes are made durable. l has conf,
 * path, index, clk, until, now, key, new_key and kept. regex: NULL unless format "regex". Blocks on
 * the disk, until l->until at most. */
void watch_look(
    const struct probe_ctx *ctx, struct log *l, size_t i, struct digester *d, struct regex *regex);

#endif
