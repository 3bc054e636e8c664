/* SPDX-License-Identifier: Apache-2.0
 *
 * ask: systemctl is run, which asks systemd and changes nothing; or what it said is read from a
 * file.
 */
#ifndef PROBES_SERVICES_ASK_H
#define PROBES_SERVICES_ASK_H

#include "services.h"
#include "unit.h"

/* All units of the options, and what their timers start. NULL, or why they are not known. May block
 * until the deadline. */
const char *ask_units(
    const struct probe_ctx *ctx, const struct services_conf *c, struct units *out);

#endif
