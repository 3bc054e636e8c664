/* SPDX-License-Identifier: Apache-2.0
 *
 * HAProxy (docs.haproxy.org, sections 2.2 quoting, 3.1 crt-base, 5.1 bind, 5.2 server; crt-list:
 * "<crtfile> [options] [[!]<name> …]"). A `crt` may be a folder; then each file in it counts.
 */
#include "init/readers/reader.h"

static const struct grammar grammar = {
	.comment = "#", .quotes = "\"'", .quotes_inside = true, .escapes = true, .lines = true
};

static const struct word list_words[] = {
	{ .name = "*", .role = ROLE_CERT },
	{ 0 },
};
static const struct reader list = { .name = "HAProxy",
	.grammar = &grammar,
	.forms = VALUE_DOLLAR | VALUE_BRACE,
	.words = list_words };

static const struct word words[] = {
	{ .name = "crt-base", .role = ROLE_BASE, .at = 1, .bases = 1 << BASE_CERT },
	{ .name = "ca-base", .role = ROLE_BASE, .at = 1, .bases = 1 << BASE_CA },
	{ .name = "setenv", .role = ROLE_SET, .at = 1 },
	{ .name = "presetenv", .role = ROLE_SET, .at = 1 },
	{ .name = "bind", .role = ROLE_PORT, .at = 1, .beside = "ssl" },
	{ .name = "crt", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "crt-list", .role = ROLE_INCLUDE, .at = 1, .anywhere = true, .with = &list },
	{ .name = "ca-file", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "ca-verify-file", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "crl-file", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/haproxy/haproxy.cfg", "/etc/haproxy/conf.d/*.cfg",
	"/usr/local/etc/haproxy/haproxy.cfg", NULL };

const struct reader reader_haproxy = { .name = "HAProxy",
	.grammar = &grammar,
	.mains = mains,
	.environment = "/etc/default/haproxy",
	.base = { HOME, HOME, HOME },
	.forms = VALUE_DOLLAR | VALUE_BRACE,
	.words = words };
