/* SPDX-License-Identifier: Apache-2.0
 *
 * Traefik: certificates in its dynamic configuration, as YAML or TOML. What it gets by itself lies
 * in acme.json.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "certFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "clientCA", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/traefik/*.yml", "/etc/traefik/*.yaml",
	"/etc/traefik/*.toml", "/etc/traefik/*/*.yml", "/etc/traefik/*/*.yaml",
	"/etc/traefik/*/*.toml", NULL };

const struct reader reader_traefik = { .name = "Traefik",
	.grammar = &grammar_yaml,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
