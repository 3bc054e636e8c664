/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints a made-up daemon's metrics.  usage: exposition [rich|bare|hostile]
 */
#include "tell/openmetrics.h"

#include <stdio.h>
#include <string.h>

#define AT ((instant)1795679700 * INSTANT_S)

int
main(int argc, char **argv)
{
	const char *bad = "a\"b\\c\nd\xff\xe2\x80\xae# EOF";
	bool hostile = argc > 1 && strcmp(argv[1], "hostile") == 0;
	const struct om_check checks[] = {
		{ "balance3-clock", "clock", LEVEL_ACT, AT, AT + 600 * INSTANT_S, AT,
		    AT + 345600 * INSTANT_S, 1, 0 },
		{ "portal-certs", "cert", LEVEL_STOP, AT, AT + 86400 * INSTANT_S, AT,
		    AT - 86400 * INSTANT_S, 2, 1 },
		{ hostile ? bad : "raid", "plugin", LEVEL_UNKNOWN, INSTANT_NONE, INSTANT_NONE,
		    INSTANT_NONE, INSTANT_NONE, 0, 0 },
	};
	const struct om_sink sinks[] = {
		{ "msp", "webhook", 12, 40, 0, 90 * SPAN_S, true },
		{ hostile ? bad : "desk", "desktop", 0, 7, 1, 0, false },
	};
	const struct om_own own[] = {
		{ "configuration", "forewarn.config", LEVEL_ACT },
		{ hostile ? bad : "msp", "forewarn.sink", LEVEL_OK },
	};
	struct om_state s = { .site = "Karachi calibration lab",
		.host = "balance3",
		.now = AT,
		.clock = { true, -14.2, 0.03 },
		.sequence = 41,
		.heartbeat = AT - 42 * INSTANT_S,
		.counts = { .level = { 91, 2, 1, 1, 0 },
		    .excepted = 1,
		    .checks = 3,
		    .outbox = 12,
		    .dropped = 1,
		    .oldest = 90 * SPAN_S },
		.checks = checks,
		.nchecks = 3,
		.own = own,
		.nown = 2,
		.sinks = sinks,
		.nsinks = 2 };
	struct str out;

	if (hostile)
		s.site = s.host = bad;
	if (argc > 1 && strcmp(argv[1], "bare") == 0)
		s = (struct om_state){ .host = "h", .now = AT, .heartbeat = INSTANT_NONE };
	str_init(&out, 1 << 20);
	openmetrics_write(&s, &out);
	fputs(out.s, stdout);
	str_fini(&out);
	return 0;
}
