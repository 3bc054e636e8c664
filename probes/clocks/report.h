/* SPDX-License-Identifier: Apache-2.0
 *
 * report: from what was read of a machine's clock, and of our own, to its item.
 */
#ifndef CLOCKS_REPORT_H
#define CLOCKS_REPORT_H

#include "look.h"
#include "own.h"

/* The machine's clock against true time (theirs - true) when it was read: both parts added, and
 * widened by what the time between the two looks may have changed. */
void report_add(const struct look *l, const struct own *own, int64_t *lo, int64_t *hi);

/* Emits the item of one machine. */
void report_machine(const struct probe_ctx *ctx, const struct clocks_conf *conf,
    const struct look *l, const struct own *own);

#endif
