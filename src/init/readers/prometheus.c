/* SPDX-License-Identifier: Apache-2.0
 *
 * Prometheus and its exporters: web.yml, and tls_config of what they ask.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "client_ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "ca_file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/prometheus/*.yml", "/etc/prometheus/*.yaml",
	"/etc/node_exporter/*.yml", "/etc/alertmanager/*.yml", NULL };

const struct reader reader_prometheus = { .name = "Prometheus",
	.grammar = &grammar_yaml,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
