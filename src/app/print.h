/* SPDX-License-Identifier: Apache-2.0
 *
 * print: a report to the standard output, as `check` and `status` share it.
 */
#ifndef APP_PRINT_H
#define APP_PRINT_H

#include "show/report.h"

enum print_format { PRINT_TEXT, PRINT_JSON, PRINT_PLUGIN, PRINT_METRICS, PRINT_N };

int print_find_format(const char *name); /* "text" "json" "plugin" "metrics"; -1: none */

/* Width, colour and characters of the terminal; sets LC_CTYPE. */
struct text_style print_style(bool all);

/* Prints; the exit code of its level, or EX_IOERR with one line to stderr. */
int print_report(const struct report *r, enum print_format format, bool all);

#endif
