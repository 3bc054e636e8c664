/* SPDX-License-Identifier: Apache-2.0
 *
 * mark: the small checksummed file beside the database (STORE_OPEN), for the day the database is
 * damaged. It holds a number that the last event's will not have passed (STORE_AHEAD ahead), the
 * open alerts as they were last told, and the bits of sinks, without which told_to means nothing.
 *
 * When it is written: before a commit that passes the number, so that a number is never given twice
 * whatever is cut short; and after a commit that changed the open alerts. So it lags one commit
 * behind where the power fails between the two. With a sound database that does not matter: the
 * database is believed, and the file is written again. Only if the database is damaged as well, an
 * alert that this commit raised may come again under a new id, and one that it ended is told to be
 * over once more, under the same id.
 *
 * At its end stands the number of the newest commit, written over in place after each commit and
 * never synced: a database that comes up with a smaller one has lost commits (a damaged write-ahead
 * log, an old copy), which SQLite does not notice. After a power cut it may be older than the
 * database, never newer.
 *
 * Only for the files of this folder.
 */
#ifndef STORE_MARK_H
#define STORE_MARK_H

#include "store/db.h"

#define MARK_BYTES_MAX ((size_t)32 << 20) /* of the file; about 60,000 open alerts */

/* What the file says; in the arena. */
struct mark {
	bool there;        /* it could be read, and is whole */
	bool damaged;      /* something lies there that is not, or whose stamp is not */
	int64_t committed; /* the number of the newest event of the newest commit it knows of */
	int64_t ahead;     /* no event has a greater one */
	struct store_standing *rows;
	size_t nrows, cap_rows;
	struct mark_number {
		const char *name;
		int64_t v;
	} * numbers;
	size_t nnumbers, cap_numbers;
};
void mark_read(const struct store *s, struct arena *a, struct mark *m);

/* Before and after a commit. What cannot be written is tried again at the next. */
void mark_before_commit(struct store *s);
void mark_after_commit(struct store *s);

/* Within a transaction: puts back what the database does not know, and lets the numbers go on above
 * all that were given. */
int mark_restore(struct store *s, const struct mark *m, struct err *e);

#endif
