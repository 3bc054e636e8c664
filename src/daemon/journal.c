/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the form of a line to stderr.
 */
#include "daemon/journal.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
journal(int priority, const char *fmt, ...)
{
	char said[JOURNAL_LINE], clean[JOURNAL_LINE];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said, sizeof(said), fmt, ap);
	va_end(ap);
	text_clean_buf(clean, sizeof(clean), said, strlen(said));
	/* the service manager's prefix (sd-daemon(3)), only where it reads */
	if (getenv("JOURNAL_STREAM") != NULL)
		fprintf(stderr, "<%d>", priority);
	else
		fputs("forewarnd: ", stderr);
	fprintf(stderr, "%s\n", clean);
}
