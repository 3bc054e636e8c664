/* SPDX-License-Identifier: Apache-2.0
 *
 * says: whether a settings file says what it must. A line counts when the words stand in it whole;
 * blanks beside = and at the ends do not matter, and a line that begins as a comment does (# ; //
 * -- <! and REM) never counts. Text is taken as UTF-8, or UTF-16 with its mark.
 */
#ifndef BASELINE_SAYS_H
#define BASELINE_SAYS_H

#include "base/arena.h"

#include <stdbool.h>

/* text: n bytes, not changed. Pure. */
bool says(const char *text, size_t n, const char *words, struct arena *a);

#endif
