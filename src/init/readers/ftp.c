/* SPDX-License-Identifier: Apache-2.0
 *
 * FTP servers: vsftpd.conf(5), ProFTPD (mod_tls), pure-ftpd(8), whose Debian settings are a file
 * each.
 */
#include "init/readers/grammars.h"

static const struct grammar grammar_proftpd = {
	.comment = "#", .quotes = "\"'", .lines = true, .tags = TAGS_BLOCKS
};

static const struct word words[] = {
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
	.words = words };

static const struct word words_proftpd[] = {
	{ .name = "Include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "TLSRSACertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSECCertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSDSACertificateFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSCertificateChainFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "TLSPKCS12File", .role = ROLE_STORE, .at = 1 },
	{ .name = "TLSCACertificateFile", .role = ROLE_CA, .at = 1 },
	{ .name = "TLSCARevocationFile", .role = ROLE_CRL, .at = 1 },
	{ 0 },
};
static const char *const mains_proftpd[] = { "/etc/proftpd/proftpd.conf", "/etc/proftpd.conf",
	NULL };
static const char *const others_proftpd[] = { "/etc/proftpd/*.conf", "/etc/proftpd/conf.d/*.conf",
	NULL };

const struct reader reader_proftpd = { .name = "ProFTPD",
	.grammar = &grammar_proftpd,
	.mains = mains_proftpd,
	.others = others_proftpd,
	.base = { HOME, HOME, HOME },
	.words = words_proftpd };

static const struct word words_pureftpd[] = {
	{ .name = "*", .role = ROLE_CERT, .at = 0 },
	{ 0 },
};
static const char *const mains_pureftpd[] = { "/etc/pure-ftpd/conf/CertFile",
	"/etc/pure-ftpd/conf/CertFileAndKey", NULL };

const struct reader reader_pureftpd = { .name = "Pure-FTPd",
	.grammar = &grammar_lines,
	.mains = mains_pureftpd,
	.base = { HOME, HOME, HOME },
	.words = words_pureftpd };

static const struct word words_pureftpd_conf[] = {
	{ .name = "CertFile", .role = ROLE_CERT, .at = 1 },
	{ .name = "CertFileAndKey", .role = ROLE_CERT, .at = 1 },
	{ 0 },
};
static const char *const mains_pureftpd_conf[] = { "/etc/pure-ftpd/pure-ftpd.conf",
	"/etc/pure-ftpd.conf", NULL };

const struct reader reader_pureftpd_conf = { .name = "Pure-FTPd",
	.grammar = &grammar_lines,
	.mains = mains_pureftpd_conf,
	.base = { HOME, HOME, HOME },
	.words = words_pureftpd_conf };
