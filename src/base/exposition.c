/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the escaping and the numbers of OpenMetrics.
 */
#include "base/exposition.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

void
exposition_family(
    struct str *out, const char *name, const char *type, const char *unit, const char *help)
{
	str_addf(out, "# TYPE %s %s\n", name, type);
	if (unit != NULL)
		str_addf(out, "# UNIT %s %s\n", name, unit);
	str_addf(out, "# HELP %s %s\n", name, help);
}

void
exposition_label(struct str *out, const char *name, const char *value, const char *before)
{
	struct str clean;

	str_init(&clean, (size_t)EXPOSITION_LABEL_CHARS * 16);
	text_clean(&clean, value, strlen(value), EXPOSITION_LABEL_CHARS);
	str_addf(out, "%s%s=\"", before, name);
	for (size_t i = 0; i < clean.len; i++) {
		if (clean.s[i] == '"' || clean.s[i] == '\\')
			str_addc(out, '\\');
		str_addc(out, clean.s[i]);
	}
	str_addc(out, '"');
	str_fini(&clean);
}

void
exposition_number(struct str *out, double v)
{
	if (isnan(v))
		str_add(out, "NaN");
	else if (isinf(v))
		str_add(out, v > 0 ? "+Inf" : "-Inf");
	else
		str_addf(out, "%.15g", v);
}

double
exposition_time(instant t)
{
	return (double)t / (double)INSTANT_S;
}
