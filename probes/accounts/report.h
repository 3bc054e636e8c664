/* SPDX-License-Identifier: Apache-2.0
 *
 * report: the items of a look: one for the administrators, one for each emergency account, one for
 * each account that should not be as it is, one for the recording of logins.
 */
#ifndef PROBES_ACCOUNTS_REPORT_H
#define PROBES_ACCOUNTS_REPORT_H

#include "look.h"

#define REPORT_NAMES_MAX 6 /* names in a summary; the evidence has up to REPORT_ACCOUNTS_MAX */
#define REPORT_ACCOUNTS_MAX 100

void report_admins(
    const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l);
void report_unsafe(const struct probe_ctx *ctx, const struct look *l);
void report_shared(
    const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l);
void report_logins(const struct probe_ctx *ctx, const struct look *l);

/* emergency.c */
void report_emergency(
    const struct probe_ctx *ctx, const struct accounts_conf *c, const struct look *l);

/* Whether an account's last use is told by what this computer keeps: "", or why not. */
const char *report_no_logins(const struct look *l);

#endif
