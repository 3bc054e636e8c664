/* SPDX-License-Identifier: Apache-2.0
 *
 * Programs that send logs over TLS: rsyslog (legacy $ words and global(…)), syslog-ng.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "$IncludeConfig", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "include", .role = ROLE_INCLUDE, .at = 2, .optional = true },
	{ .name = "$DefaultNetstreamDriverCertFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "DefaultNetstreamDriverCertFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "$DefaultNetstreamDriverCAFile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "DefaultNetstreamDriverCAFile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "$DefaultNetstreamDriverCRLFile", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ .name = "DefaultNetstreamDriverCRLFile", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ .name = "StreamDriver.CertFile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "StreamDriver.CAFile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "tls.myCert", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "tls.caCert", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ 0 },
};
static const char *const mains[] = { "/etc/rsyslog.conf", "/etc/rsyslog.d/*.conf", NULL };

const struct reader reader_rsyslog = { .name = "rsyslog",
	.grammar = &grammar_calls,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };

static const struct word words_ng[] = {
	{ .name = "@include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "cert-file", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "ca-file", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "ca-dir", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "crl-dir", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ .name = "pkcs12-file", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ 0 },
};
static const char *const mains_ng[] = { "/etc/syslog-ng/syslog-ng.conf", NULL };
static const char *const others_ng[] = { "/etc/syslog-ng/conf.d/*.conf", NULL };

const struct reader reader_syslogng = { .name = "syslog-ng",
	.grammar = &grammar_calls,
	.mains = mains_ng,
	.others = others_ng,
	.base = { HOME, HOME, HOME },
	.words = words_ng };
