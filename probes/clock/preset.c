/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the limits of the offset: those that rules give, with their sources, and those in force.
 */
#include "preset.h"

#include <string.h>

static const struct preset presets[] = {
	{ .name = "rts25-100us",
	    .max = 100 * SPAN_US,
	    .source = "RTS 25, Delegated Regulation (EU) 2017/574 of 7 June 2016, annex: trading "
		      "venues, high-frequency trading" },
	{ .name = "rts25-1ms",
	    .max = SPAN_MS,
	    .source = "RTS 25, Delegated Regulation (EU) 2017/574 of 7 June 2016, annex: venues "
		      "with a gateway latency over 1 ms, other algorithmic trading" },
	{ .name = "finra-50ms",
	    .max = 50 * SPAN_MS,
	    .source = "FINRA Rule 4590 as of 15 August 2016: computer clocks for events in NMS and "
		      "OTC equity securities, against NIST, with the errors of source and network "
		      "in it" },
	{ .name = "tsa-1s",
	    .max = SPAN_S,
	    .source =
		"ETSI EN 319 421 V1.1.1 (2016-03), RFC 3628: time-stamping units, against UTC" },
	{ .name = "gxp-1s",
	    .max = SPAN_S,
	    .source = "21 CFR 11.10(e), EU GMP Annex 11, ISO/IEC 17025:2017 7.5.1",
	    .house = true },
	{ .name = "lab-record",
	    .max = 60 * SPAN_S,
	    .warn = 10 * SPAN_S,
	    .source = "ISO/IEC 17025:2017 7.5.1 and 7.11.3, 21 CFR 11.10(e): records made when "
		      "the work is done",
	    .house = true },
	{ .name = "office",
	    .max = 270 * SPAN_S,
	    .warn = 60 * SPAN_S,
	    .source = "logins by Kerberos fail from 5 min on",
	    .house = true },
	{ .name = NULL },
};

const struct preset *
preset_find(const char *name)
{
	for (const struct preset *p = presets; name != NULL && p->name != NULL; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

span
clock_warn_offset(const struct clock_conf *conf)
{
	return conf->warn_offset > 0 ? conf->warn_offset : conf->max_offset / 2;
}

const struct clock_conf *
preset_apply(struct clock_conf *conf)
{
	const struct preset *p = preset_find(conf->preset);

	if (conf->max_offset == 0 && p != NULL && conf->warn_offset == 0)
		conf->warn_offset = p->warn;
	if (conf->max_offset == 0)
		conf->max_offset = p != NULL ? p->max : CLOCK_MAX_OFFSET;
	return conf;
}

/* Whether a limit of the configuration stands in the place of the preset's. */
static const char *
set_instead(const struct clock_conf *conf, const struct preset *p)
{
	span warn = p->warn > 0 ? p->warn : p->max / 2;

	if (conf->max_offset != p->max)
		return "max_offset";
	return clock_warn_offset(conf) != warn ? "warn_offset" : NULL;
}

struct evidence
preset_evidence(const struct clock_conf *conf, struct arena *a)
{
	const struct preset *p = preset_find(conf->preset);
	const char *instead = p != NULL ? set_instead(conf, p) : NULL;
	char max[SPAN_TEXT], warn[SPAN_TEXT], own[SPAN_TEXT];
	const char *limits = arena_printf(a, "%s for stop, %s for act",
	    span_text(conf->max_offset, max), span_text(clock_warn_offset(conf), warn));

	if (p == NULL)
		return (struct evidence){ "limit",
			arena_printf(a, "%s: a house limit, no preset names a rule", limits) };
	return (struct evidence){ "limit",
		arena_printf(a, "%s%s%s: preset %s (%s), version " PRESET_VERSION ", %s%s", limits,
		    instead != NULL ? "; set by " : "", instead != NULL ? instead : "", p->name,
		    span_text(p->max, own),
		    p->house ? "a house limit: the rule names no number: " : "", p->source) };
}
