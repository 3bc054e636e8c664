/* SPDX-License-Identifier: Apache-2.0
 *
 * Webmin and Usermin (miniserv.conf): certificate and key lie in one file.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "keyfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "extracas", .role = ROLE_CERT },
	{ 0 },
};

static const char *const mains[] = { "/etc/webmin/miniserv.conf", "/etc/usermin/miniserv.conf",
	NULL };

const struct reader reader_webmin = { .name = "Webmin",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
