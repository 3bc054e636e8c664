/* SPDX-License-Identifier: Apache-2.0
 *
 * folder: the names in a folder. Logs of one check often lie in one folder: its names are read once
 * for all of them, and again when it was written to meanwhile.
 */
#ifndef PROBES_AUDIT_FOLDER_H
#define PROBES_AUDIT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#define FOLDER_SETTLED                                                                             \
	1 /* s that it was not written to, before its names are kept for the next log:             \
	     its time of writing is not finer than that everywhere */

/* How the names begin that are asked for: each name of a folder is held against each log in it. */
struct folder_start {
	const char *p; /* borrowed, not ended by NUL */
	size_t n;      /* at most NAME_MAX */
};

/* Calls each with every name that begins so, until it returns other than 0, which is returned; 0:
 * that was all. *ok false with errno: the folder cannot be read, and each was not called. One
 * thread. */
int folder_each(const char *path, const struct folder_start *start,
    int (*each)(void *self, const char *name), void *self, bool *ok);

#endif
