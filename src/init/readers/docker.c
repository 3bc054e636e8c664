/* SPDX-License-Identifier: Apache-2.0
 *
 * The Docker daemon (daemon.json).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "tlscert", .role = ROLE_CERT, .at = 1 },
	{ .name = "tlscacert", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/docker/daemon.json", NULL };

const struct reader reader_docker = { .name = "Docker",
	.grammar = &grammar_json,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
