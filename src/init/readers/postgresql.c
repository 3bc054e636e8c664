/* SPDX-License-Identifier: Apache-2.0
 *
 * PostgreSQL (config-setting, runtime-config-connection). Certificates lie in data_directory,
 * included files beside the file that names them; the last value counts.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = { .comment = "#",
	.quotes = "'",
	.doubled = true,
	.escapes = true,
	.lines = true,
	.assigns = "=" };

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "include_if_exists", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "include_dir", .role = ROLE_INCLUDE, .at = 1, .suffix = ".conf" },
	{ .name = "data_directory", .role = ROLE_BASE, .at = 1, .bases = BASES_CERT_CA },
	{ .name = "ssl", .role = ROLE_VALUE },
	{ .name = "ssl_cert_file", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_ca_file", .role = ROLE_CA, .at = 1 },
	{ .name = "ssl_crl_file", .role = ROLE_CRL, .at = 1 },
	{ .name = "ssl_crl_dir", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/postgresql/*/*/postgresql.conf",
	"/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf",
	"/var/lib/postgres/data/postgresql.conf", NULL };

const struct reader reader_postgresql = { .name = "PostgreSQL",
	.grammar = &grammar,
	.mains = mains,
	.last_wins = true,
	.toggle = "ssl",
	.words = words };
