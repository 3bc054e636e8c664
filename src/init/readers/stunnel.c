/* SPDX-License-Identifier: Apache-2.0
 *
 * stunnel(8).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "cert", .role = ROLE_CERT, .at = 1 },
	{ .name = "CAfile", .role = ROLE_CA, .at = 1 },
	{ .name = "CApath", .role = ROLE_CA, .at = 1 },
	{ .name = "CRLfile", .role = ROLE_CRL, .at = 1 },
	{ .name = "CRLpath", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/stunnel/*.conf", NULL };

const struct reader reader_stunnel = { .name = "stunnel",
	.grammar = &grammar_ini,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
