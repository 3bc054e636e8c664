/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a shell's file of variables is read.
 */
#include "init/readers/environment.h"

/* NAME=value and export NAME=value, as a shell reads them before it starts the program. */
static const struct grammar shell = { .comment = "#",
	.quotes = "\"'",
	.quotes_inside = true,
	.escapes = true,
	.ends = ";",
	.lines = true,
	.parts = "=" };
static const struct word shell_words[] = {
	{ .name = "export", .role = ROLE_SET, .at = 1 },
	{ .name = "*", .role = ROLE_VALUE, .at = 1 },
	{ 0 },
};
const struct reader reader_environment = { .name = "environment",
	.grammar = &shell,
	.forms = VALUE_DOLLAR | VALUE_BRACE | VALUE_EMPTY,
	.words = shell_words };
