/* SPDX-License-Identifier: Apache-2.0
 *
 * Samba (smb.conf(5)): its private folder is where relative paths begin.
 */
#include "init/readers/grammars.h"

/* Its names have blanks in them: "tls certfile = …". */
static const struct grammar smb = { .comment = "#;",
	.comment_starts_line = true,
	.quotes = "\"",
	.lines = true,
	.backslash_continues = true,
	.sections = true,
	.parts = "=" };

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "certfile", .role = ROLE_CERT, .at = 1, .anywhere = true },
	{ .name = "cafile", .role = ROLE_CA, .at = 1, .anywhere = true },
	{ .name = "crlfile", .role = ROLE_CRL, .at = 1, .anywhere = true },
	{ 0 },
};

static const char *const mains[] = { "/etc/samba/smb.conf", NULL };

const struct reader reader_samba = { .name = "Samba",
	.grammar = &smb,
	.mains = mains,
	.base = { "/var/lib/samba/private", "/var/lib/samba/private", HOME },
	.words = words };
