/* SPDX-License-Identifier: Apache-2.0
 *
 * acme.sh, which notes where it installs certificates.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "Le_RealFullChainPath", .role = ROLE_CERT, .at = 1 },
	{ .name = "Le_RealCertPath", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/root/.acme.sh/*/*.conf", "/home/*/.acme.sh/*/*.conf",
	"/etc/acme.sh/*/*.conf", NULL };

const struct reader reader_acmesh = {
	.name = "acme.sh", .grammar = &grammar_lines, .mains = mains, .words = words
};
