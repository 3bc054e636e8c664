/* SPDX-License-Identifier: Apache-2.0
 *
 * Caddy (caddyserver.com/docs/caddyfile). "tls" names files where it has two values; with one it is
 * an address or a word. What Caddy gets by itself lies in a known place (certs.c).
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = { .comment = "#",
	.quotes = "\"`",
	.escapes = true,
	.lines = true,
	.backslash_continues = true,
	.blocks = true,
	.blocks_apart = true };

static const struct word words[] = {
	{ .name = "import", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "tls", .role = ROLE_CERT, .at = 1, .least = 2 },
	{ .name = "trusted_ca_cert_file", .role = ROLE_CA, .at = 1 },
	{ .name = "trusted_leaf_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "load_folder", .role = ROLE_CERT },
	{ 0 },
};
static const char *const mains[] = { "/etc/caddy/Caddyfile", NULL };

const struct reader reader_caddy = { .name = "Caddy",
	.grammar = &grammar,
	.mains = mains,
	.environment = "/etc/default/caddy",
	.base = { HOME, HOME, HOME },
	.forms = VALUE_CADDY,
	.words = words };
