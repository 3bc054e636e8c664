/* SPDX-License-Identifier: Apache-2.0
 *
 * RabbitMQ (rabbitmq.conf).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "ssl_options.certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_options.cacertfile", .role = ROLE_CA, .at = 1 },
	{ .name = "management.ssl.certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "mqtt.ssl.certfile", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/rabbitmq/rabbitmq.conf", "/etc/rabbitmq/conf.d/*.conf",
	NULL };

const struct reader reader_rabbitmq = { .name = "RabbitMQ",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
