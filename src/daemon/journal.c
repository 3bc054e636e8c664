/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of a line to stderr.
 */
#include "daemon/journal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
journal(int priority, const char *fmt, ...)
{
	va_list ap;

	/* the service manager's prefix (sd-daemon(3)), only where it reads */
	if (getenv("JOURNAL_STREAM") != NULL)
		fprintf(stderr, "<%d>", priority);
	else
		fputs("forewarnd: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}
