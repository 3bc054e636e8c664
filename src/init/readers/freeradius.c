/* SPDX-License-Identifier: Apache-2.0
 *
 * FreeRADIUS 3 (radiusd.conf, mods-available/eap): ${certdir} and its like are set in the files.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "$INCLUDE", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "$-INCLUDE", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "*", .role = ROLE_VALUE },
	{ .name = "certificate_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca_file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/freeradius/*/radiusd.conf",
	"/etc/freeradius/radiusd.conf", "/etc/raddb/radiusd.conf", NULL };
static const char *const others[] = { "/etc/freeradius/*/mods-enabled/eap", NULL };

const struct reader reader_freeradius = { .name = "FreeRADIUS",
	.grammar = &grammar_tree,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.forms = VALUE_BRACE,
	.words = words };
