/* SPDX-License-Identifier: Apache-2.0
 *
 * ProFTPD (mod_tls).
 */
#include "init/readers/grammars.h"

static const struct grammar grammar = {
	.comment = "#", .quotes = "\"'", .lines = true, .tags = TAGS_BLOCKS
};

static const struct word words[] = {
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

static const char *const mains[] = { "/etc/proftpd/proftpd.conf", "/etc/proftpd.conf", NULL };

static const char *const others[] = { "/etc/proftpd/*.conf", "/etc/proftpd/conf.d/*.conf", NULL };

const struct reader reader_proftpd = { .name = "ProFTPD",
	.grammar = &grammar,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.words = words };
