/* SPDX-License-Identifier: Apache-2.0
 *
 * opens: which alerts are open, and what was told of them, in 16 bytes each, so that a commit knows
 * whether STORE_OPEN is out of date. Only for the files of this folder.
 */
#ifndef STORE_OPENS_H
#define STORE_OPENS_H

#include "store/db.h"

/* A standing is written, or goes. */
void opens_note(struct store *s, const struct store_standing *row);
void opens_drop(struct store *s, const char *fingerprint);

/* Begins to count anew: opens_note for every row of the database follows. */
void opens_forget(struct store *s);
void opens_free(struct store *s);

#endif
