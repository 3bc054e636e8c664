/* SPDX-License-Identifier: Apache-2.0
 *
 * words: levels and items as people read them on a terminal; dates are those of base/day.h.
 */
#ifndef SHOW_WORDS_H
#define SHOW_WORDS_H

#include "show/rows.h"

#define WORDS_MAX 160

/* "Thu 3 Dec (9 days)", "Tue 3 Mar (8 days ago)"; "" without a deadline. Of a forecast its range:
 * "Mon 9 Mar (3 to 20 Mar)". */
const char *words_fails(const struct item *it, instant now, char buf[WORDS_MAX]);

/* "Thu 12 Nov", "today", "today, 12 days late"; "" when there is no day. */
const char *words_start_by(const struct item *it, instant now, char buf[WORDS_MAX]);

/* "Bilal, else Hina"; "" when nobody is named. */
const char *words_who(const struct report_check *c, char buf[WORDS_MAX]);

/* What is wrong with which thing, one clean line: "Customs token – certificate ...". */
void words_what(const struct row *row, instant now, struct str *out);

/* "since Mon 09:00, tried today 10:05, last succeeded today 09:50"; what is the same as the last
 * attempt is left out. "" of what is fine, and where forewarnd does not watch. */
const char *words_times(const struct row *row, instant now, char buf[WORDS_MAX]);

/* A shape for each sign: ■ ▲ ? ◆ □ ●, in ASCII X ! ? + = -. */
const char *words_symbol(enum sign s, bool utf8);

/* ANSI colour of a sign. */
const char *words_colour(enum sign s);

/* "1,204" */
const char *words_count(size_t n, char buf[WORDS_MAX]);

/* How many items there are of each sign, the worst first: "1 stop, 2 act, 1 excepted, 8 ok". */
void words_counts(const struct report *r, struct str *out);

#endif
