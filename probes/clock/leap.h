/* SPDX-License-Identifier: Apache-2.0
 *
 * leap: the leap second that most time servers announce (RFC 5905, 7.3: LI). They may announce it
 * for a whole month; leap seconds lie at the end of a month (ITU-R TF.460).
 */
#ifndef CLOCK_LEAP_H
#define CLOCK_LEAP_H

#include "report.h"

/* The end of the month (UTC) that `wall` (ns since 1970) lies in, s since 1970. Pure. */
int64_t leap_moment(int64_t wall);

/* Emits clock.leap where a majority announces one, else nothing. */
void leap_tell(const struct probe_ctx *ctx, const struct told *told, int64_t wall);

#endif
