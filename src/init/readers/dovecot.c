/* SPDX-License-Identifier: Apache-2.0
 *
 * Dovecot 2.3 (ssl_cert = <file) and 2.4 (ssl_server_cert_file = file, and the same within
 * ssl_server { cert_file = file }). Files are included from the folder of the file that does.
 */
#include "init/readers/reader.h"

static const struct grammar grammar = { .comment = "#",
	.quotes = "\"'",
	.escapes = true,
	.lines = true,
	.blocks = true,
	.assigns = "=" };

static const struct word words[] = {
	{ .name = "!include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "!include_try", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "*", .role = ROLE_VALUE },
	{ .name = "ssl_cert", .role = ROLE_CERT },
	{ .name = "ssl_alt_cert", .role = ROLE_CERT },
	{ .name = "ssl_client_cert", .role = ROLE_CERT },
	{ .name = "ssl_ca", .role = ROLE_CA },
	{ .name = "ssl_server_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_server/cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_server_alt_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_server/alt_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_server_ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "ssl_server/ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "ssl_client_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_client/cert_file", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/dovecot/dovecot.conf",
	"/usr/local/etc/dovecot/dovecot.conf", NULL };
static const char *const others[] = { "/etc/dovecot/conf.d/*.conf", NULL };

const struct reader reader_dovecot = { .name = "Dovecot",
	.grammar = &grammar,
	.mains = mains,
	.others = others,
	.forms = VALUE_DOLLAR | VALUE_SETTING,
	.words = words };
