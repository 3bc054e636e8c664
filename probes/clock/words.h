/* SPDX-License-Identifier: Apache-2.0
 *
 * words: an offset and its bound in plain words, never with more digits of the one than of the
 * other. Pure.
 */
#ifndef CLOCK_WORDS_H
#define CLOCK_WORDS_H

#include "base/span.h"

#include <stdbool.h>

#define CLOCK_WORDS 96

/* "2.500 s fast, give or take 0.001 s", "within 0.002 s of true time" if it may be right and is
 * within the limit. limit (ns) chooses the digits: a hundredth of it, or what the bound allows. */
const char *clock_words(int64_t offset, int64_t bound, int64_t limit, char buf[CLOCK_WORDS]);

#endif
