/* SPDX-License-Identifier: Apache-2.0
 *
 * Apache httpd (httpd.apache.org/docs/2.4/mod/directives.html). Relative paths begin at ServerRoot,
 * which is compiled in where none is named: /etc/apache2 for Debian. What stands in <IfModule> and
 * <IfDefine> is taken as if it counted.
 */
#include "init/readers/reader.h"

static const struct grammar grammar = { .comment = "#",
	.comment_starts_line = true,
	.quotes = "\"'",
	.escapes = true,
	.lines = true,
	.backslash_continues = true,
	.tags = TAGS_BLOCKS };

static const struct word words[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1 },
	{ .name = "IncludeOptional", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "ServerRoot",
	    .role = ROLE_BASE,
	    .at = 1,
	    .bases = 1 << BASE_CERT | 1 << BASE_CA | 1 << BASE_INCLUDE },
	{ .name = "Define", .role = ROLE_SET, .at = 1 },
	{ .name = "SSLCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "SSLCertificateChainFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "SSLProxyMachineCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "SSLProxyMachineCertificatePath", .role = ROLE_CERT, .at = 1 },
	{ .name = "SSLCACertificateFile", .role = ROLE_CA, .at = 1 },
	{ .name = "SSLCACertificatePath", .role = ROLE_CA, .at = 1 },
	{ .name = "SSLCADNRequestFile", .role = ROLE_CA, .at = 1 },
	{ .name = "SSLProxyCACertificateFile", .role = ROLE_CA, .at = 1 },
	{ .name = "SSLCARevocationFile", .role = ROLE_CRL, .at = 1 },
	{ .name = "SSLCARevocationPath", .role = ROLE_CRL, .at = 1 },
	{ .name = "SSLProxyCARevocationFile", .role = ROLE_CRL, .at = 1 },
	{ .name = "Listen", .role = ROLE_PORT, .at = 1, .beside = "https" },
	{ .name = "ServerName", .role = ROLE_NAME, .at = 1 },
	{ .name = "ServerAlias", .role = ROLE_NAME },
	{ .name = "MDCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "MDomain", .role = ROLE_UNSURE },
	{ 0 },
};

static const char *const debian[] = { "/etc/apache2/apache2.conf", "/etc/apache2/httpd.conf",
	NULL };
static const char *const debian_others[] = { "/etc/apache2/conf-enabled/*.conf",
	"/etc/apache2/sites-enabled/*.conf", "/etc/apache2/sites-enabled/*", NULL };
static const char *const redhat[] = { "/etc/httpd/conf/httpd.conf", NULL };
static const char *const redhat_others[] = { "/etc/httpd/conf.d/*.conf", NULL };

const struct reader reader_apache = { .name = "Apache",
	.grammar = &grammar,
	.mains = debian,
	.others = debian_others,
	.environment = "/etc/apache2/envvars",
	.base = { "/etc/apache2", "/etc/apache2", "/etc/apache2" },
	.forms = VALUE_BRACE,
	.words = words };

const struct reader reader_httpd = { .name = "Apache",
	.grammar = &grammar,
	.mains = redhat,
	.others = redhat_others,
	.environment = "/etc/sysconfig/httpd",
	.base = { "/etc/httpd", "/etc/httpd", "/etc/httpd" },
	.forms = VALUE_BRACE,
	.words = words };
