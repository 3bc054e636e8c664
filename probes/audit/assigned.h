/* SPDX-License-Identifier: Apache-2.0
 *
 * assigned: the lines `name = value` of a configuration, as auditd.conf(5) and journald.conf(5)
 * have them: # and ; begin a comment line, [Section] a section. Pure.
 */
#ifndef PROBES_AUDIT_ASSIGNED_H
#define PROBES_AUDIT_ASSIGNED_H

#include "slice.h"

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

struct assigned {
	struct slice rest;    /* what is not read yet; the caller sets it to the whole text */
	struct slice section; /* the line stands in; n 0: none */
	struct slice name, value;
	unsigned line; /* from 1 */
	bool odd;      /* a line that is none of these was passed over */
};

/* Goes to the next line that assigns. False: there is none. */
bool assigned_next(struct assigned *r);

/* The name, whatever its letters' case. */
bool assigned_is(const struct assigned *r, const char *name);

/* The whole value is such a number, at most max. */
bool assigned_number(struct slice value, uint64_t max, uint64_t *out);

/* "100", "500M", "1.5G": bytes, units of 1024 (K M G T P E). */
bool assigned_bytes(struct slice value, uint64_t *out);

/* systemd.time(7): "1month", "2 weeks", "1y 6month", seconds without a unit. */
bool assigned_span(struct slice value, span *out);

#endif
