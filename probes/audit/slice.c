/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns taking a record apart piece by piece, never past its end.
 */
#include "slice.h"

#define DIGITS_MAX 19 /* of a number that fits */

struct slice
slice_trim(struct slice s)
{
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t'))
		s = slice_behind(s, 1);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

bool
slice_number(struct slice *s, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	while (i < s->n && s->p[i] >= '0' && s->p[i] <= '9') {
		if (i == DIGITS_MAX) {
			*out = 0;
			return false;
		}
		*out = *out * 10 + (uint64_t)(s->p[i++] - '0');
	}
	*s = slice_behind(*s, i);
	return i > 0;
}

/* A form without *. */
static bool
fits_plain(const char *form, struct slice s, uint64_t *count)
{
	uint64_t v;

	*count = 0;
	for (; *form != '\0'; form++) {
		if (*form == '#' || *form == '@') {
			if (!slice_number(&s, &v))
				return false;
			if (*form == '#')
				*count = v;
			continue;
		}
		if (s.n == 0 || *s.p != *form)
			return false;
		s = slice_behind(s, 1);
	}
	return true;
}

bool
slice_fits(const char *form, struct slice s, uint64_t *count)
{
	const char *star = strchr(form, '*');

	if (star == NULL)
		return fits_plain(form, s, count);
	if (s.n < (size_t)(star - form) || memcmp(s.p, form, (size_t)(star - form)) != 0)
		return false;
	for (s = slice_behind(s, (size_t)(star - form)); s.n > 0; s = slice_behind(s, 1))
		if (*s.p == star[1] && fits_plain(star + 1, s, count))
			return true;
	return false;
}

struct slice
slice_word(struct slice *s)
{
	const char *sp = memchr(s->p, ' ', s->n < SLICE_WORD_MAX ? s->n : SLICE_WORD_MAX);
	struct slice w = { s->p, sp == NULL ? 0 : (size_t)(sp - s->p) };

	*s = sp == NULL ? (struct slice){ s->p, 0 } : slice_behind(*s, w.n + 1);
	return w;
}
