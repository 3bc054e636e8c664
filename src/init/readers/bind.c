/* SPDX-License-Identifier: Apache-2.0
 *
 * BIND 9.18 and newer (named.conf(5)): tls name { cert-file "…"; }.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = { .comment = "#",
	.remark = { "/*", "*/" },
	.quotes = "\"",
	.escapes = true,
	.ends = ";",
	.blocks = true };

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca-file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/bind/named.conf", "/etc/named.conf", NULL };

const struct reader reader_bind = { .name = "BIND",
	.grammar = &grammar,
	.mains = mains,
	.base = { "/var/cache/bind", "/var/cache/bind", "/var/cache/bind" },
	.words = words };
