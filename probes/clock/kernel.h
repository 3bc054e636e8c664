/* SPDX-License-Identifier: Apache-2.0
 *
 * kernel: what the kernel knows of its clock (adjtimex(2), read only).
 */
#ifndef CLOCK_KERNEL_H
#define CLOCK_KERNEL_H

#include "probes/probe.h"

#include <sys/timex.h>

/* One item of rule clock.kernel. state: what adjtimex(2) returned, -1 with errno in error. */
void kernel_tell(const struct probe_ctx *ctx, const struct timex *t, int state, int error);

/* Reads the kernel's clock and emits that item. */
void kernel_check(const struct probe_ctx *ctx);

#endif
