/* SPDX-License-Identifier: Apache-2.0
 *
 * vsftpd (vsftpd.conf(5)): the last value counts.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "ssl_enable", .role = ROLE_VALUE },
	{ .name = "rsa_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "dsa_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ca_certs_file", .role = ROLE_CA, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/vsftpd.conf", "/etc/vsftpd/*.conf", NULL };

const struct reader reader_vsftpd = { .name = "vsftpd",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.last_wins = true,
	.toggle = "ssl_enable",
	.words = words };
