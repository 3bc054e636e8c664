/* SPDX-License-Identifier: Apache-2.0
 *
 * Pure-FTPd (pure-ftpd(8)): Debian keeps each setting in a file of its name, others in one.
 */
#include "init/readers/grammars.h"

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
