/* SPDX-License-Identifier: Apache-2.0
 *
 * testify: what the log admitted in this run (testimony.h) becomes findings, in words.
 */
#ifndef PROBES_AUDIT_TESTIFY_H
#define PROBES_AUDIT_TESTIFY_H

#include "log.h"

#define TESTIFY_BREAKS 8 /* interruptions of one log that stay told; one more ends the oldest */
#define TESTIFY_NEWS SPAN_DAY /* at a first look, what is older than this is no news */
/* After a start of this machine a program has so long to say that it records again. */
#define TESTIFY_BOOT (5 * SPAN_MIN)

void testify(struct log *l);

#endif
