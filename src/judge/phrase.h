/* SPDX-License-Identifier: Apache-2.0
 *
 * phrase: lines for people in buffers of fixed size, counted in characters.
 */
#ifndef JUDGE_PHRASE_H
#define JUDGE_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

size_t phrase_chars(const char *s); /* of valid UTF-8 */

/* text as one clean line of at most `chars` characters, cut between words with an ellipsis where
 * there is a word to cut at. What a program or a person wrote keeps its signs. NULL is "". */
void phrase_clean(char *buf, size_t size, const char *text, size_t chars);

/* Cuts what is too long in the same way. */
void phrase_cut(char *s, size_t chars);

/* Ends it with one full stop, unless it is empty or ends a sentence already. size: of the buffer.
 */
void phrase_stop(char *s, size_t size);

/* Only its first statement: up to "; ", ": " or " (". */
void phrase_clause(char *s);

/* To follow a colon: "This clock" becomes "this clock", "HPLC" and "Berlin" stay. */
void phrase_lower(char *s);

#endif
