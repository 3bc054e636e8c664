/* SPDX-License-Identifier: Apache-2.0
 *
 * lighttpd (Docs_SSL). A path put together with + is not understood.
 */
#include "init/readers/grammars.h"

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "ssl.pemfile", .role = ROLE_CERT, .at = 1, .alone = true },
	{ .name = "ssl.ca-file", .role = ROLE_CERT, .at = 1, .alone = true },
	{ .name = "ssl.verifyclient.ca-file", .role = ROLE_CA, .at = 1, .alone = true },
	{ .name = "ssl.verifyclient.ca-crl-file", .role = ROLE_CRL, .at = 1, .alone = true },
	{ 0 },
};
static const char *const mains[] = { "/etc/lighttpd/lighttpd.conf",
	"/etc/lighttpd/conf-enabled/*.conf", NULL };

const struct reader reader_lighttpd = { .name = "lighttpd",
	.grammar = &grammar_tree,
	.mains = mains,
	.base = { HOME, HOME, HOME },
	.words = words };
