/* SPDX-License-Identifier: Apache-2.0
 *
 * deposits_rhythm: whether the files of a series come as they should: one for each period on the
 * days on which there are files, no number left out, none too small, made by a program.
 */
#ifndef PROBES_AUDIT_DEPOSITS_RHYTHM_H
#define PROBES_AUDIT_DEPOSITS_RHYTHM_H

#include "deposits.h"

#define DEPOSITS_WEEKS 3       /* of files, before a day of the week may be known to have none */
#define DEPOSITS_LATENESS 5    /* files whose delay is known before it is used */
#define DEPOSITS_HANDS 10      /* files, before it is said that they are made by hand */
#define DEPOSITS_SPREAD SPAN_H /* of the time of day at which a program makes them, at most */

/* Pieces of a sentence, in the arena; empty where there is nothing to say. */
struct deposits_words {
	const char *range, *days;
};

/* How long ago what its name says began; by the clock on the wall here. */
span deposits_age(const struct trail *t, const struct deposit *p);

/* Its period, and one more, is over. */
bool deposits_is_past(const struct trail *t, const struct deposit *p);

/* Tells what is missing, too small, numbered with a hole, dated ahead or made by hand of the series
 * v[from] to v[to]. */
void deposits_judge(struct deposits *d, size_t from, size_t to, struct deposits_words *w);

#endif
