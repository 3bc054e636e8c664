/* SPDX-License-Identifier: Apache-2.0
 *
 * report: what is known of one log, as items.
 */
#ifndef PROBES_AUDIT_REPORT_H
#define PROBES_AUDIT_REPORT_H

#include "log.h"

#include "probes/probe.h"

/* The log could not be looked at, or its notes not be kept: one unknown item of the rule. */
void report_unknown(
    const struct probe_ctx *ctx, const char *path, const char *rule, const struct err *why);

/* Something is wrong with the name itself: `key` of audit.kind or audit.missing. */
void report_name(const struct probe_ctx *ctx, const char *path, const char *rule, const char *key,
    const char *summary);

/* What was found, and the state of the log: continuity, silence. */
void report_log(const struct probe_ctx *ctx, const struct log *l);

#endif
