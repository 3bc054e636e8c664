/* SPDX-License-Identifier: Apache-2.0
 *
 * Squid (http_port, https_port): cert= and tls-cert= within the line of a port.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = {
	.comment = "#", .lines = true, .backslash_continues = true, .parts = "="
};

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "cert", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "tls-cert", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "clientca", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "sslcrlfile", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/squid/squid.conf", NULL };

const struct reader reader_squid = { .name = "Squid",
	.grammar = &grammar,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
