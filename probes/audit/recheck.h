/* SPDX-License-Identifier: Apache-2.0
 *
 * recheck: compares what is due of a log with what was noted of it: all of it after the option
 * `verify`, else what a look at its files made suspicious.
 */
#ifndef PROBES_AUDIT_RECHECK_H
#define PROBES_AUDIT_RECHECK_H

#include "log.h"

/* Notes what is changed, and what is as it was again. Blocks on the disk until l->until. False: the
 * notes themselves are damaged. */
bool recheck(struct log *l);

#endif
