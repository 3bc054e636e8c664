/* SPDX-License-Identifier: Apache-2.0
 *
 * report: an item for each entry of the options.
 */
#ifndef PROBES_SERVICES_REPORT_H
#define PROBES_SERVICES_REPORT_H

#include "ask.h"

/* why: as ask_units gave it. */
void report_running(const struct probe_ctx *ctx, const struct services_conf *c,
    const struct units *u, const char *why);
void report_timers(const struct probe_ctx *ctx, const struct services_conf *c,
    const struct units *u, const char *why);

/* report_files.c */
void report_anacron(const struct probe_ctx *ctx, const struct services_conf *c);
void report_mail(const struct probe_ctx *ctx, const struct services_conf *c);

/* Tells whether a moment is at most so old: the summary "... 3 h ago", and the finding "overdue".
 */
void report_age(const struct probe_ctx *ctx, struct item *it, const char *what, instant at,
    span most, instant now);

#endif
