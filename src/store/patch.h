/* SPDX-License-Identifier: Apache-2.0
 *
 * patch: a copy of a database whose first page is damaged, with that of a sound one: header and
 * list of tables lie there, and both are the same in every database that this program made anew.
 * Whether the guess was right is seen by the checksums of the rows. Only for the files of this
 * folder.
 */
#ifndef STORE_PATCH_H
#define STORE_PATCH_H

#include "store/db.h"

#define PATCH_HEADER 100 /* bytes: file format, section 1.3 */
#define PATCH_PAGE 4096  /* and the list of tables behind it */

/* Copies `name` and its log as `copy`, and writes the first n bytes of `sound` over it. All are
 * files of the folder. false: it could not be done. */
bool patch(const struct store *s, const char *name, const char *copy, const char *sound, size_t n);

#endif
