/* SPDX-License-Identifier: Apache-2.0
 *
 * unit: what `systemctl show` says (systemctl(1)): lines NAME=VALUE, an empty line between units.
 * Moments as "@SECONDS" or "Mon 2026-11-30 00:00:01 UTC"; INSTANT_NONE for "n/a" and nothing. Pure;
 * text lives in the arena.
 */
#ifndef PROBES_SERVICES_UNIT_H
#define PROBES_SERVICES_UNIT_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define UNITS_MAX 4096 /* of one answer; more are counted in `bad` */

struct systemd_unit {
	const char *id, *names; /* names: all it has, with spaces; as id where it is not told */
	const char *load, *active, *sub, *file, *result; /* LoadState ... UnitFileState, Result */
	const char *triggers;                            /* Unit or Triggers: what a timer starts */
	instant ended;     /* the newer of ExecMainExitTimestamp and InactiveEnterTimestamp */
	instant triggered; /* LastTriggerUSec */
	bool bad_time;     /* a moment of it is not understood */
};

struct units {
	struct systemd_unit *v;
	size_t n, cap;
	size_t bad; /* lines that are none, and units past the limit */
};

void units_parse(const char *text, struct arena *a, struct units *out);
const struct systemd_unit *units_find(const struct units *u, const char *name);

/* False when it is none; *out INSTANT_NONE for one that says never. */
bool unit_moment(const char *text, instant *out);

#endif
