/* SPDX-License-Identifier: Apache-2.0
 *
 * match: which words of a reader's table a statement names, and with which values. Pure.
 */
#ifndef INIT_READERS_MATCH_H
#define INIT_READERS_MATCH_H

#include "init/readers/reader.h"

/* name: as the file writes it. value: NULL where the file names none. next: what stands behind the
 * value, or "". odd: there is more behind it than the word knows. */
struct match {
	const struct word *word;
	const char *name, *value, *next;
	bool odd;
};

/* Calls hit for each value, in the order of the table, then of the statement. Texts lie in the
 * arena or are the statement's. */
void match_all(const struct reader *r, const struct statement *s, struct arena *a,
    void (*hit)(void *self, const struct match *m), void *self);

/* Any case; "-" is "_". */
bool match_same(const char *a, const char *b);

#endif
