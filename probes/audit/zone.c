/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the zone that a check gives to its log.
 */
#include "zone.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define HOURS_MAX 14 /* the zone furthest from UTC */

/* "+05:30" */
static bool
offset(const char *text, instant *east)
{
	int h, m;

	if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
	    strspn(text + 1, "0123456789") != 2 || strspn(text + 4, "0123456789") != 2 ||
	    sscanf(text + 1, "%2d:%2d", &h, &m) != 2 || m > 59 || h * 60 + m > HOURS_MAX * 60)
		return false;
	*east = (h * 60 + m) * 60 * INSTANT_S * (text[0] == '-' ? -1 : 1);
	return true;
}

int
zone_parse(const char *text, instant *east, struct err *e)
{
	*east = 0;
	if (strcmp(text, "UTC") == 0 || offset(text, east))
		return 0;
	return err_set(e, ERR_RANGE,
	    "\"%.100s\" is none: a zone is \"UTC\" or an offset such as \"+05:30\"", text);
}
