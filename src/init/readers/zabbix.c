/* SPDX-License-Identifier: Apache-2.0
 *
 * Zabbix: server, proxy and agents.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "TLSCertFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSCAFile", .role = ROLE_CA, .at = 1 },
	{ .name = "TLSCRLFile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/zabbix/*.conf", NULL };

const struct reader reader_zabbix = { .name = "Zabbix",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
