/* SPDX-License-Identifier: Apache-2.0
 *
 * files: dumps and archives that lie as dated files in a folder. The pattern is one job.
 */
#ifndef PROBES_BACKUP_FILES_H
#define PROBES_BACKUP_FILES_H

#include "catalogue.h"

#define FILES_MAX 20000               /* entries of the folder that are looked at */
#define FILES_SETTLED (10 * SPAN_MIN) /* a file that was changed since is still being written */

/* Each settled file that fits "/folder/pattern" (the pattern only in its last part) is a run: its
 * end is the day in its name, or the time of the file where that is of the same day or no day is
 * there. -1 with *e: the folder cannot be read. */
int files_list(const char *where, instant now, struct catalogue *c, struct err *e);

#endif
