/* SPDX-License-Identifier: Apache-2.0
 *
 * zone: the zone that the configuration gives for stamps that tell none: "UTC", or an offset such
 * as
 * "+05:30". Where summer time is kept, the offset of winter: an hour is nothing beside what a zone
 * that is not known hides, and the step at its end is ordinary (order.h). Pure.
 */
#ifndef PROBES_AUDIT_ZONE_H
#define PROBES_AUDIT_ZONE_H

#include "base/err.h"
#include "base/span.h"

/* *east: us that a clock of the zone is before UTC. -1 with *e: what is allowed. */
int zone_parse(const char *text, instant *east, struct err *e);

#endif
