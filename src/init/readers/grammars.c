/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the grammars that several programs share.
 */
#include "init/readers/grammars.h"

const struct grammar grammar_lines = {
	.comment = "#", .comment_starts_line = true, .quotes = "\"'", .lines = true, .assigns = "="
};

const struct grammar grammar_ini = { .comment = "#;",
	.comment_starts_line = true,
	.quotes = "\"'",
	.lines = true,
	.sections = true,
	.assigns = "=" };

/* Command lines within it are written "- --name=value". */
const struct grammar grammar_yaml = {
	.comment = "#", .quotes = "\"'", .lines = true, .dashes = true, .assigns = ":="
};

const struct grammar grammar_json = {
	.quotes = "\"", .escapes = true, .ends = ",", .blocks = true, .parts = ":[]"
};

const struct grammar grammar_calls = { .comment = "#",
	.quotes = "\"'",
	.quotes_inside = true,
	.escapes = true,
	.ends = ";",
	.lines = true,
	.parts = "()=," };

const struct grammar grammar_tree = { .comment = "#",
	.quotes = "\"'",
	.escapes = true,
	.lines = true,
	.blocks = true,
	.assigns = "=" };
