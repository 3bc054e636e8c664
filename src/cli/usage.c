/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what is said of a call that was not understood.
 */
#include "cli/cmd.h"

#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>

int
cmd_usage(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "forewarn: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, " (see forewarn --help)\n");
	return EX_USAGE;
}
