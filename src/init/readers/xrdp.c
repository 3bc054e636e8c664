/* SPDX-License-Identifier: Apache-2.0
 *
 * xrdp (xrdp.ini(5)).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "certificate", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/xrdp/xrdp.ini", NULL };

const struct reader reader_xrdp = { .name = "xrdp",
	.grammar = &grammar_ini,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
