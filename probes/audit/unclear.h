/* SPDX-License-Identifier: Apache-2.0
 *
 * unclear: the item that says that too little of a log is understood, and why.
 */
#ifndef PROBES_AUDIT_UNCLEAR_H
#define PROBES_AUDIT_UNCLEAR_H

#include "log.h"

#include "probes/probe.h"

enum clear {
	CLEAR,        /* nothing to say; the log may be called whole */
	CLEAR_PARTLY, /* can be planned: the bytes are judged, and found as they were */
	CLEAR_NOT     /* unknown: nothing about this log is called fine beside it */
};

/* One item of audit.understood when too little is understood. */
enum clear unclear_tell(const struct probe_ctx *ctx, const struct log *l);

#endif
