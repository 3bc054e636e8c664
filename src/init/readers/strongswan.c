/* SPDX-License-Identifier: Apache-2.0
 *
 * strongSwan: swanctl.conf(5), whose certificates lie in x509 and x509ca beside it, and the older
 * ipsec.conf(5), with /etc/ipsec.d/certs and /etc/ipsec.d/cacerts.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "certs", .role = ROLE_CERT, .list = ", \t" },
	{ .name = "cacerts", .role = ROLE_CA, .list = ", \t" },
	{ .name = "cert/file", .role = ROLE_CERT, .at = 1 },
	{ .name = "cacert/file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/swanctl/swanctl.conf",
	"/usr/local/etc/swanctl/swanctl.conf", NULL };
static const char *const others[] = { "/etc/swanctl/conf.d/*.conf", NULL };

const struct reader reader_swanctl = { .name = "strongSwan",
	.grammar = &grammar_tree,
	.mains = mains,
	.others = others,
	.base = { "/etc/swanctl/x509", "/etc/swanctl/x509ca", NULL },
	.words = words };

static const struct word words_ipsec[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "leftcert", .role = ROLE_CERT, .at = 1, .list = ", \t" },
	{ .name = "rightcert", .role = ROLE_CERT, .at = 1, .list = ", \t" },
	{ .name = "leftcert2", .role = ROLE_CERT, .at = 1 },
	{ .name = "rightcert2", .role = ROLE_CERT, .at = 1 },
	{ .name = "cacert", .role = ROLE_CA, .at = 1 },
	{ 0 },
};
static const char *const mains_ipsec[] = { "/etc/ipsec.conf", NULL };

const struct reader reader_ipsec = { .name = "strongSwan",
	.grammar = &grammar_lines,
	.mains = mains_ipsec,
	.base = { "/etc/ipsec.d/certs", "/etc/ipsec.d/cacerts", NULL },
	.words = words_ipsec };
