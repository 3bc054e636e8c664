/* SPDX-License-Identifier: Apache-2.0
 *
 * Unbound (unbound.conf(5)).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "include-toplevel", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "tls-service-pem", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl-service-pem", .role = ROLE_CERT, .at = 1 },
	{ .name = "server-cert-file", .role = ROLE_CERT, .at = 1, .optional = true },
	{ .name = "control-cert-file", .role = ROLE_CERT, .at = 1, .optional = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/unbound/unbound.conf", NULL };

static const char *const others[] = { "/etc/unbound/unbound.conf.d/*.conf", NULL };

const struct reader reader_unbound = { .name = "Unbound",
	.grammar = &grammar_yaml,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.words = words };
