/* SPDX-License-Identifier: Apache-2.0
 *
 * aside: the files of a damaged database under another name, and a new database in its place. It
 * takes these steps, so that whatever is cut short goes on at the next start and no letter is lost:
 *
 *	1. STORE_SAVING is written, with the name the old files get
 *	2. database and -wal are renamed to it
 *	3. a new database is made as STORE_NEW, with all that can be read of the old one
 *	4. STORE_NEW becomes the database, and STORE_SAVING goes
 *
 * Only for the files of this folder.
 */
#ifndef STORE_ASIDE_H
#define STORE_ASIDE_H

#include "store/db.h"

#define STORE_SAVING "forewarn.saving"
#define STORE_NEW "forewarn.db.new"

/* What lies where the database should be. */
enum aside_found { ASIDE_NOTHING, ASIDE_DATABASE, ASIDE_DAMAGED };

/* By its kind and size alone: what is no file, cannot be read, or has become empty is damaged. */
enum aside_found aside_look(const struct store *s);

/* Whether it was left with a write-ahead log, as a daemon that was killed does. */
bool aside_has_log(const struct store *s);

/* Steps 1 to 4; s is not connected. The name and what was saved stand in s->damage. */
int aside_put(struct store *s, struct err *e);

/* Steps 2 to 4, if an earlier start was cut short in them. */
int aside_finish(struct store *s, struct err *e);

#endif
