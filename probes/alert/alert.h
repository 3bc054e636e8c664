/* SPDX-License-Identifier: Apache-2.0
 *
 * alert: whether a person has lately seen a test alert, for each route (a sink; ALERT_HERE is the
 * screen of this computer). forewarnd notes tests and confirmations, and before each run leaves
 * them in the check's folder as the file ALERT_FILE: ALERT_HEAD, then a line a route, "name tested
 * confirmed", both in microseconds since 1970, "-" for never.
 */
#ifndef PROBES_ALERT_ALERT_H
#define PROBES_ALERT_ALERT_H

#include "probes/probe.h"

#define ALERT_FILE "routes"
#define ALERT_HEAD "forewarn routes 1\n"
#define ALERT_FILE_MAX ((size_t)65536)
#define ALERT_HERE "this-computer"
#define ALERT_DUE "due" /* the option after which a new test is asked for, a span */

struct alert_conf {
	span due, overdue, answer;
};

struct alert_route {
	const char *name;
	instant tested, confirmed; /* INSTANT_NONE: never */
};

#endif
