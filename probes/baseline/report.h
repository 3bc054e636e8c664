/* SPDX-License-Identifier: Apache-2.0
 *
 * report: what is told of a folder.
 */
#ifndef BASELINE_REPORT_H
#define BASELINE_REPORT_H

#include "files.h"

#define REPORT_NAMED 20 /* changed files that are named; the others are counted */

/* lost: it was known once, and what was approved is not. */
void report_folder(const struct probe_ctx *ctx, const struct folder *f, bool lost);
void report_unknown(
    const struct probe_ctx *ctx, const char *target, const char *rule, const char *summary);

#endif
