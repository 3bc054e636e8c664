/* SPDX-License-Identifier: Apache-2.0
 *
 * What watches and shows: Prometheus and its exporters (web.yml, tls_config), Grafana, Zabbix.
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

static const struct word words_grafana[] = {
	{ .name = "server/cert_file", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_grafana[] = { "/etc/grafana/grafana.ini", NULL };

const struct reader reader_grafana = { .name = "Grafana",
	.grammar = &grammar_ini,
	.mains = mains_grafana,
	.base = { HOME, HOME, HOME },
	.words = words_grafana };

static const struct word words_zabbix[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "TLSCertFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSCAFile", .role = ROLE_CA, .at = 1 },
	{ .name = "TLSCRLFile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains_zabbix[] = { "/etc/zabbix/*.conf", NULL };

const struct reader reader_zabbix = { .name = "Zabbix",
	.grammar = &grammar_lines,
	.mains = mains_zabbix,
	.base = { HOME, HOME, HOME },
	.words = words_zabbix };
