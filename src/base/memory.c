/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the end of a process that has no memory.
 */
#include "base/memory.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

void
memory_none(const char *what)
{
	fprintf(stderr, "out of memory: %s\n", what);
	_exit(EX_OSERR);
}

void *
memory_or_end(void *p, const char *what)
{
	if (p == NULL)
		memory_none(what);
	return p;
}
