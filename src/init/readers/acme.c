/* SPDX-License-Identifier: Apache-2.0
 *
 * What renews certificates and notes where it puts them: certbot (its renewal folder), acme.sh.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "fullchain", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/letsencrypt/renewal/*.conf", NULL };

const struct reader reader_certbot = {
	.name = "certbot", .grammar = &grammar_ini, .mains = mains, .words = words
};

static const struct word words_acmesh[] = {
	{ .name = "Le_RealFullChainPath", .role = ROLE_CERT, .at = 1 },
	{ .name = "Le_RealCertPath", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_acmesh[] = { "/root/.acme.sh/*/*.conf", "/home/*/.acme.sh/*/*.conf",
	"/etc/acme.sh/*/*.conf", NULL };

const struct reader reader_acmesh = {
	.name = "acme.sh", .grammar = &grammar_lines, .mains = mains_acmesh, .words = words_acmesh
};
