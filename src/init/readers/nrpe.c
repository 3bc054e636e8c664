/* SPDX-License-Identifier: Apache-2.0
 *
 * NRPE, the agent of Nagios and its kin (nrpe.cfg).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "include_dir",
	    .role = ROLE_INCLUDE,
	    .at = 1,
	    .suffix = ".cfg",
	    .optional = true },
	{ .name = "ssl_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_cacert_file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/nagios/nrpe.cfg", NULL };

const struct reader reader_nrpe = { .name = "NRPE",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
