/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenLDAP: slapd.conf(5), slapd-config(5), ldap.conf(5).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "TLSCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSCACertificateFile", .role = ROLE_CA, .at = 1 },
	{ .name = "TLSCRLFile", .role = ROLE_CRL, .at = 1 },
	{ .name = "TLS_CERT", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};

static const char *const mains[] = { "/etc/ldap/slapd.conf", "/etc/openldap/slapd.conf",
	"/etc/ldap/ldap.conf", "/etc/openldap/ldap.conf", NULL };

const struct reader reader_slapd = { .name = "OpenLDAP",
	.grammar = &grammar_lines,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };

static const struct grammar ldif = {
	.comment = "#", .comment_starts_line = true, .lines = true, .assigns = ":"
};

static const struct word words_config[] = {
	{ .name = "olcTLSCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "olcTLSCACertificateFile", .role = ROLE_CA, .at = 1 },
	{ .name = "olcTLSCRLFile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};

static const char *const mains_config[] = { "/etc/ldap/slapd.d/cn=config.ldif",
	"/etc/openldap/slapd.d/cn=config.ldif", NULL };

const struct reader reader_slapd_config = { .name = "OpenLDAP",
	.grammar = &ldif,
	.mains = mains_config,
	.base = { HOME, HOME, HOME },
	.words = words_config };
