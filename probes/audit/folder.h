/* SPDX-License-Identifier: Apache-2.0
 *
 * folder: the names in a folder. Logs of one check often lie in one folder: its names are read once
 * for all of them, and again when it was written to meanwhile.
 */
#ifndef PROBES_AUDIT_FOLDER_H
#define PROBES_AUDIT_FOLDER_H

#include <stdbool.h>

#define FOLDER_SETTLED                                                                             \
	1 /* s that it was not written to, before its names are kept for the next log:             \
	     its time of writing is not finer than that everywhere */

/* Calls each with every name, until it returns other than 0, which is returned; 0: that was all.
 * *ok false with errno: the folder cannot be read, and each was not called. One thread. */
int folder_each(const char *path, int (*each)(void *self, const char *name), void *self, bool *ok);

#endif
