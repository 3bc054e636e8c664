/* SPDX-License-Identifier: Apache-2.0
 *
 * rsyslog: legacy $ words, and parts of global(…) and action(…).
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
