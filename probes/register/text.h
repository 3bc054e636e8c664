/* SPDX-License-Identifier: Apache-2.0
 *
 * text: the bytes of a list become UTF-8, and names in it are compared as people mean them. Pure.
 */
#ifndef PROBES_REGISTER_TEXT_H
#define PROBES_REGISTER_TEXT_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

#define FOLDED_MAX 64 /* bytes of a folded name; longer ones are cut */

/* UTF-8 with or without a mark at its begin, UTF-16 with one, else Windows-1252. *out ends with NUL
 * and holds no other. *encoding: which it was. -1 with *e: no text of these, or another format. */
int text_from_bytes(const char *bytes, size_t n, struct arena *a, char **out, size_t *len,
    const char **encoding, struct err *e);

/* Letters and digits alone, small, without accents: "Fällig am:" is "falligam". UTF-8 in. */
const char *text_fold(const char *s, char buf[FOLDED_MAX]);

/* Whether the folded text is one of the words of a list separated by blanks. */
bool text_is_one_of(const char *folded, const char *words);

#endif
