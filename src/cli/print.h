/* SPDX-License-Identifier: Apache-2.0
 *
 * print: a report to the standard output, as `check` and `status` share it.
 */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include "show/html.h"

enum print_format { PRINT_TEXT, PRINT_JSON, PRINT_PLUGIN, PRINT_METRICS, PRINT_HTML, PRINT_N };

struct print_how {
	enum print_format format;
	bool all;
	const char *output; /* a file to replace; NULL or "-": the standard output */
};

int print_find_format(const char *name); /* "text" "json" "plugin" "metrics" "html"; -1: none */

/* Width, colour and characters of the terminal; sets LC_CTYPE. */
struct text_style print_style(bool all);

/* Prints; the exit code of its level, or EX_IOERR with one line to stderr. page: for PRINT_HTML. */
int print_report(const struct report *r, const struct page *page, const struct print_how *how);

/* What was rendered, to the standard output (output NULL or "-") or a file, replaced at once. 0, or
 * -1 and that was told on stderr. */
int print_deliver(const struct str *text, const char *output);

#endif
