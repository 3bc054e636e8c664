/* SPDX-License-Identifier: Apache-2.0
 *
 * slice: a piece of a record, taken apart from its start. Pure; nothing is read past its end.
 */
#ifndef PROBES_AUDIT_SLICE_H
#define PROBES_AUDIT_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SLICE_WORD_MAX 256 /* bytes of a word */

struct slice {
	const char *p; /* not ended by NUL; the owner of the record owns it */
	size_t n;
};

/* Here, since every record is asked several times: what it is asked for is then compared as a
 * number and not by a call. */
static inline bool
slice_begins(struct slice s, const char *text)
{
	size_t len = strlen(text);

	return s.n >= len && memcmp(s.p, text, len) == 0;
}

/* Without its first n bytes; n is not more than it has. */
static inline struct slice
slice_behind(struct slice s, size_t n)
{
	return (struct slice){ s.p + n, s.n - n };
}

/* Without blanks and tabs at its start and its end. */
struct slice slice_trim(struct slice s);

/* Takes an unsigned number off the start. false: there is none, or it has more than 19 digits; then
 * *out is 0. */
bool slice_number(struct slice *s, uint64_t *out);

/* Takes the bytes up to a blank off, and the blank. n is 0 and nothing is left when no blank comes
 * within SLICE_WORD_MAX bytes. */
struct slice slice_word(struct slice *s);

/* Whether s begins as the form does: # is the count (0 without), @ any other number, * anything
 * up to what follows it (once in a form). */
bool slice_fits(const char *form, struct slice s, uint64_t *count);

#endif
