/* SPDX-License-Identifier: Apache-2.0
 *
 * CUPS; what it makes by itself lies in a known place (certs.c).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "ServerCertificate", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/cups/cupsd.conf", "/etc/cups/cups-files.conf", NULL };

const struct reader reader_cups = { .name = "CUPS",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
