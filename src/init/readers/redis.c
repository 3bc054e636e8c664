/* SPDX-License-Identifier: Apache-2.0
 *
 * Redis and Valkey (redis.conf).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "tls-cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "tls-client-cert-file", .role = ROLE_CERT, .at = 1 },
	{ .name = "tls-ca-cert-file", .role = ROLE_CA, .at = 1 },
	{ .name = "tls-ca-cert-dir", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/redis/*.conf", "/etc/redis.conf", "/etc/valkey/*.conf",
	NULL };

const struct reader reader_redis = { .name = "Redis",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
