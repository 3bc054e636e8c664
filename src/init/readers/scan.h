/* SPDX-License-Identifier: Apache-2.0
 *
 * scan: the characters of a configuration, as syntax.c needs them. Each call moves s->p.
 */
#ifndef INIT_READERS_SCAN_H
#define INIT_READERS_SCAN_H

#include "init/readers/syntax.h"

#define SCAN_NEAR_MAX ((size_t)4096) /* bytes of one ${…}, [section], <tag> or quoted part */

/* Skips blanks, comments and what parts words behind so many words of a statement; true when the
 * statement, or the file, ended there. */
bool scan_between(struct syntax *s, size_t words);

/* The word that begins here, quotes and escapes taken off, in the arena; at least one character is
 * taken unless this is the end. */
const char *scan_word(struct syntax *s, size_t words);

/* Whether the brace here opens a block. */
bool scan_opens(const struct syntax *s);

/* One character on. */
void scan_step(struct syntax *s);

/* Behind the next place where this text stands, or to the end. */
void scan_past(struct syntax *s, const char *what);

/* The next such character of this line, within SCAN_NEAR_MAX bytes, or NULL. */
const char *scan_on_line(const struct syntax *s, char c);

bool scan_begins(const struct syntax *s, const char *what);
bool scan_one_of(const char *set, char c);

#endif
