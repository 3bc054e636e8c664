/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading an entry of `drills`.
 */
#include "accounts.h"

#include "base/day.h"

#include <string.h>

/* A bare date is meant in the zone of whoever wrote it, and those begin their days so much earlier
 * and end them so much later than UTC does. */
#define ZONE_AHEAD (14 * SPAN_H)
#define ZONE_BEHIND (12 * SPAN_H)

/* A moment of that date as the calendar has it here. */
static instant
here(instant date)
{
	instant noon = instant_plus(date, SPAN_DAY / 2);
	int64_t days = day_number(noon) - noon / (86400 * INSTANT_S);

	return noon - days * 86400 * INSTANT_S;
}

int
accounts_drill(const char *text, struct arena *a, struct accounts_drill *out, struct err *e)
{
	char *rest = arena_text(a, text), *name = strsep(&rest, " "), *from, *to;

	from = rest != NULL ? strsep(&rest, " ") : NULL;
	to = rest != NULL ? strsep(&rest, " ") : from;
	if (from == NULL || name[0] == '\0' || rest != NULL)
		return err_set(e, ERR_PARSE, "\"%.100s\" is not \"NAME FROM TO\"", text);
	out->name = name;
	if (instant_parse(from, &out->from, e) < 0 || instant_parse(to, &out->to, e) < 0)
		return err_wrap(e, "\"%.100s\"", text);
	out->shown = strchr(to, 'T') == NULL ? here(out->to) : out->to;
	if (strchr(from, 'T') == NULL)
		out->from = instant_plus(out->from, -ZONE_AHEAD);
	if (strchr(to, 'T') == NULL)
		out->to = instant_plus(out->to, SPAN_DAY + ZONE_BEHIND);
	if (out->to <= out->from)
		return err_set(e, ERR_RANGE, "\"%.100s\" ends before it begins", text);
	return 0;
}
