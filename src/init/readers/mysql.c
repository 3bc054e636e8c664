/* SPDX-License-Identifier: Apache-2.0
 *
 * MySQL and MariaDB (option-files). Relative paths begin at the data folder; "-" and "_" are the
 * same.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "!include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "!includedir", .role = ROLE_INCLUDE, .at = 1, .suffix = ".cnf" },
	{ .name = "datadir", .role = ROLE_BASE, .at = 1, .bases = BASES_CERT_CA },
	{ .name = "ssl_cert", .role = ROLE_CERT, .at = 1 },
	{ .name = "ssl_ca", .role = ROLE_CA, .at = 1 },
	{ .name = "ssl_crl", .role = ROLE_CRL, .at = 1 },
	{ .name = "admin_ssl_cert", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains[] = { "/etc/mysql/my.cnf", "/etc/my.cnf", NULL };
static const char *const others[] = { "/etc/mysql/conf.d/*.cnf", "/etc/mysql/*.conf.d/*.cnf",
	"/etc/my.cnf.d/*.cnf", NULL };

const struct reader reader_mysql = { .name = "MySQL",
	.grammar = &grammar_ini,
	.mains = mains,
	.others = others,
	.base = { "/var/lib/mysql", "/var/lib/mysql", NULL },
	.last_wins = true,
	.words = words };
