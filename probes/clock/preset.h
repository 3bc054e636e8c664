/* SPDX-License-Identifier: Apache-2.0
 *
 * preset: limits of the clock's offset by the name of a rule, with the rule they come from. Data;
 * pure.
 */
#ifndef CLOCK_PRESET_H
#define CLOCK_PRESET_H

#include "clock.h"

/* Of this table: raised whenever a figure or a source in it changes. It stands in the evidence. */
#define PRESET_VERSION "1"

#define PRESET_NAMES "rts25-100us|rts25-1ms|finra-50ms|tsa-1s|gxp-1s|lab-record|office"

struct preset {
	const char *name;
	span max;           /* beyond, work stops */
	span warn;          /* beyond, somebody must act; 0: half of max */
	const char *source; /* the rule, with its version */
	bool house;         /* the rule names no number: the figure is ours */
};

/* NULL: no such name, or name is NULL. */
const struct preset *preset_find(const char *name);

/* Fills the limits that are not set: by the preset, else CLOCK_MAX_OFFSET and half of it. The
 * preset's warn goes with its max only. Hands back conf. */
const struct clock_conf *preset_apply(struct clock_conf *conf);

/* Both limits and where they come from, of a conf after preset_apply. Key "limit". */
struct evidence preset_evidence(const struct clock_conf *conf, struct arena *a);

#endif
