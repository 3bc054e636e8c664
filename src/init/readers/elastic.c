/* SPDX-License-Identifier: Apache-2.0
 *
 * Elasticsearch, Kibana and Logstash (security settings): PEM files or key stores.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "xpack.security.http.ssl.certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "xpack.security.transport.ssl.certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "xpack.security.http.ssl.keystore.path", .role = ROLE_STORE, .at = 1 },
	{ .name = "xpack.security.transport.ssl.keystore.path", .role = ROLE_STORE, .at = 1 },
	{ .name = "plugins.security.ssl.http.pemcert_filepath", .role = ROLE_CERT, .at = 1 },
	{ .name = "plugins.security.ssl.transport.pemcert_filepath", .role = ROLE_CERT, .at = 1 },
	{ .name = "server.ssl.certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "server.ssl.keystore.path", .role = ROLE_STORE, .at = 1 },
	{ .name = "api.ssl.keystore.path", .role = ROLE_STORE, .at = 1 },
	{ .name = "ssl.certificate", .role = ROLE_CERT, .at = 1 },
	{ .name = "xpack.security.http.ssl/certificate", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/elasticsearch/elasticsearch.yml",
	"/etc/kibana/kibana.yml", "/etc/logstash/logstash.yml", "/etc/opensearch/opensearch.yml",
	"/etc/filebeat/filebeat.yml", NULL };

const struct reader reader_elastic = { .name = "Elastic",
	.grammar = &grammar_yaml,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
