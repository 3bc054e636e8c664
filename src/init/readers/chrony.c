/* SPDX-License-Identifier: Apache-2.0
 *
 * chrony (chrony.conf(5)): the certificates of its NTS server.
 */
#include "init/readers/grammars.h"

static const struct grammar chrony = {
	.comment = "#!;%", .comment_starts_line = true, .lines = true
};

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1, .optional = true },
	{ .name = "confdir", .role = ROLE_INCLUDE, .suffix = ".conf", .optional = true },
	{ .name = "ntsservercert", .role = ROLE_CERT, .at = 1 },
	{ .name = "ntstrustedcerts", .role = ROLE_CA },
	{ 0 },
};

static const char *const mains[] = { "/etc/chrony/chrony.conf", "/etc/chrony.conf", NULL };

static const char *const others[] = { "/etc/chrony/conf.d/*.conf", NULL };

const struct reader reader_chrony = { .name = "chrony",
	.grammar = &chrony,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.words = words };
