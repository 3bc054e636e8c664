/* SPDX-License-Identifier: Apache-2.0
 *
 * Grafana (grafana.ini).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "server/cert_file", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/grafana/grafana.ini", NULL };

const struct reader reader_grafana = { .name = "Grafana",
	.grammar = &grammar_ini,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
