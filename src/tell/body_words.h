/* SPDX-License-Identifier: Apache-2.0
 *
 * body_words: an event's details in everyday words, for chats and mail. Times are UTC and say so,
 * since the reader may sit in another zone than the host.
 */
#ifndef TELL_BODY_WORDS_H
#define TELL_BODY_WORDS_H

#include "tell/body.h"

#define BODY_MOMENT 48

/* "act", "could not check"; of what is over "over", of a test "test". */
const char *body_state(const struct event *v);

/* "Thu 26 November 2026 07:55 UTC"; "" for INSTANT_NONE. */
const char *body_moment(instant t, char buf[BODY_MOMENT]);

/* Appends "Wed 2 December 2026"; of a forecast "between Tue 1 December and Fri 4 December 2026,
 * most likely Wed 2 December"; nothing without a deadline. */
void body_fails(const struct event *v, struct str *out);

/* Calls each for every detail there is, the weightiest first: measured values, dates, owner, place,
 * then evidence. label and value are clean and one line. */
void body_details(const struct event *v,
    void (*each)(void *self, const char *label, const char *value), void *self);

#endif
