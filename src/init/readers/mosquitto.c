/* SPDX-License-Identifier: Apache-2.0
 *
 * Eclipse Mosquitto (mosquitto.conf(5)).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include_dir", .role = ROLE_INCLUDE, .at = 1, .suffix = ".conf" },
	{ .name = "certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "bridge_certfile", .role = ROLE_CERT, .at = 1 },
	{ .name = "cafile", .role = ROLE_CA, .at = 1 },
	{ .name = "bridge_cafile", .role = ROLE_CA, .at = 1 },
	{ .name = "crlfile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/mosquitto/mosquitto.conf", NULL };
static const char *const others[] = { "/etc/mosquitto/conf.d/*.conf", NULL };

const struct reader reader_mosquitto = { .name = "Mosquitto",
	.grammar = &grammar_lines,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.words = words };
