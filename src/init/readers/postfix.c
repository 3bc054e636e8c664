/* SPDX-License-Identifier: Apache-2.0
 *
 * Postfix (postconf(5), master(5)): lines that begin with a blank go on with the one before; a
 * parameter's last value counts, also where it is used above it; master.cf may replace one by
 * "-o name=value" or "-o { name = value }".
 */
#include "init/readers/reader.h"

static const struct grammar main_grammar = { .comment = "#",
	.comment_starts_line = true,
	.lines = true,
	.indent_continues = true,
	.assigns = "=" };
static const struct grammar master_grammar = { .comment = "#",
	.comment_starts_line = true,
	.lines = true,
	.indent_continues = true,
	.parts = "={}" };

#define TLS(who, where)                                                                            \
	{ .name = who "_tls_cert_file", .role = ROLE_CERT, .at = 1, .anywhere = (where) },         \
	    { .name = who "_tls_eccert_file", .role = ROLE_CERT, .at = 1, .anywhere = (where) },   \
	    { .name = who "_tls_dcert_file", .role = ROLE_CERT, .at = 1, .anywhere = (where) },    \
	    { .name = who "_tls_CAfile", .role = ROLE_CA, .at = 1, .anywhere = (where) },          \
	{                                                                                          \
		.name = who "_tls_chain_files", .role = ROLE_CERT, .at = (where) ? 1 : 0,          \
		.anywhere = (where), .list = ", \t"                                                \
	}

static const struct word main_words[] = {
	{ .name = "*", .role = ROLE_VALUE },
	TLS("smtpd", false),
	TLS("smtp", false),
	TLS("lmtp", false),
	TLS("tlsproxy", false),
	{ .name = "tls_server_sni_maps", .role = ROLE_UNSURE, .at = 1 },
	{ 0 },
};
static const struct word master_words[] = {
	TLS("smtpd", true),
	TLS("smtp", true),
	TLS("lmtp", true),
	TLS("tlsproxy", true),
	{ 0 },
};

static const struct reader master = { .name = "Postfix",
	.grammar = &master_grammar,
	.forms = VALUE_DOLLAR | VALUE_BRACE | VALUE_PAREN,
	.words = master_words };

static const char *const mains[] = { "/etc/postfix/main.cf", "/etc/postfix-*/main.cf", NULL };

const struct reader reader_postfix = { .name = "Postfix",
	.grammar = &main_grammar,
	.mains = mains,
	.beside = "master.cf",
	.beside_with = &master,
	.base = { HOME, HOME, HOME },
	.forms = VALUE_DOLLAR | VALUE_BRACE | VALUE_PAREN,
	.late = true,
	.last_wins = true,
	.words = main_words };
