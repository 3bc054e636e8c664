/* SPDX-License-Identifier: Apache-2.0
 *
 * text: words from outside (log lines, certificate names, token labels, plug-in output) are
 * hostile. Here they are made safe for whatever shows them: UTF-8 checked, controls and what has no
 * shape of its own taken out (Unicode TR 36, 2 and UTS 39). packaging/feed.md has the same table.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/str.h"

#include <stdint.h>

/* Decodes one character of UTF-8 (RFC 3629) from n >= 1 bytes; returns its length, 0 when they are
 * not UTF-8 (over-long, surrogate, cut short, past U+10FFFF). */
size_t utf8_decode(const char *s, size_t n, uint32_t *out);

/* The one table of what no face shows as it is. */
enum text_kind {
	TEXT_SHOWN,
	TEXT_BLANK, /* a control or the end of a line: a space stands for it */
	TEXT_HIDDEN /* without a shape: it turns others round, joins, parts or tags them; left out
		     */
};

enum text_kind text_kind(uint32_t c);

/* Appends the n bytes as one line of clean text: what is not UTF-8 becomes U+FFFD, what is
 * TEXT_BLANK a space, and what is TEXT_HIDDEN is left out. At most max_chars characters, then an
 * ellipsis. */
void text_clean(struct str *out, const char *bytes, size_t n, size_t max_chars);

/* The same into a buffer of `size` bytes, never cutting a character; returns buf. */
const char *text_clean_buf(char *buf, size_t size, const char *bytes, size_t n);

/* Edits between two words, at most `limit` (Levenshtein); for "did you mean". */
size_t text_distance(const char *a, const char *b, size_t limit);

#endif
