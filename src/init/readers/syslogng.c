/* SPDX-License-Identifier: Apache-2.0
 *
 * syslog-ng (its tls() options).
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "@include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "cert-file", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "ca-file", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "ca-dir", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "crl-dir", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ .name = "pkcs12-file", .role = ROLE_STORE, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/syslog-ng/syslog-ng.conf", NULL };

static const char *const others[] = { "/etc/syslog-ng/conf.d/*.conf", NULL };

const struct reader reader_syslogng = { .name = "syslog-ng",
	.grammar = &grammar_calls,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.words = words };
