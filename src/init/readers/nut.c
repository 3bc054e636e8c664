/* SPDX-License-Identifier: Apache-2.0
 *
 * Network UPS Tools (upsd.conf(5)).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "CERTFILE", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/nut/upsd.conf", NULL };

const struct reader reader_nut = { .name = "NUT",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
