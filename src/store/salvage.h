/* SPDX-License-Identifier: Apache-2.0
 *
 * salvage: what can be read of a damaged database, row by row, into a new one. Rows that carry a
 * checksum are taken over only where it holds; history that has none (samples) as far as it can be
 * read. Pages that cannot be read are stepped over. Only for the files of this folder.
 */
#ifndef STORE_SALVAGE_H
#define STORE_SALVAGE_H

#include "store/db.h"

/* From the file of that name in the folder, which is only read, into fresh. Adds to what was lost
 * and saved. -1 with *e: fresh could not be written. */
int salvage(struct store *fresh, const char *name, struct store_damage *d, struct err *e);

#endif
