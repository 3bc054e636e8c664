/* SPDX-License-Identifier: Apache-2.0
 *
 * text_private: what the files of the text in a terminal share.
 */
#ifndef SHOW_TEXT_PRIVATE_H
#define SHOW_TEXT_PRIVATE_H

#include "show/rows.h"

/* The text, in a colour (ANSI) where the terminal has them. */
void text_paint(struct str *out, const struct text_style *s, const char *code, const char *text);

/* Site, host and moment. */
void text_title(const struct report *r, const struct text_style *s, struct str *out);

/* That the moment is not the clock's, which must be seen before anything that is judged by it;
 * nothing where it is the clock's. */
void text_by_hand(const struct report *r, const struct text_style *s, struct str *out);

/* For a terminal that is not UTF-8: one column for one, so that nothing moves. */
void text_to_ascii(const char *text, struct str *out);

/* A line between two parts. */
void text_heading(struct str *out, const struct text_style *s, const char *text);

/* What did not get a line is counted, never dropped in silence; nothing for n = 0. */
void text_left_out(
    struct str *out, const struct text_style *s, size_t n, const char *one, const char *many);

/* What to do about the rows, in their order; nothing where there is nothing to do. */
void text_do_now(const struct row *rows, size_t n, const struct text_style *s, struct str *out);

#endif
