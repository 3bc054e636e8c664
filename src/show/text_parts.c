/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the pieces that the parts of the text share.
 */
#include "show/text_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <stdio.h>

void
text_paint(struct str *out, const struct text_style *s, const char *code, const char *text)
{
	if (s->colour)
		str_add(out, code);
	str_add(out, text);
	if (s->colour)
		str_add(out, "\033[0m");
}

void
text_heading(struct str *out, const struct text_style *s, const char *text)
{
	str_addc(out, '\n');
	text_paint(out, s, "\033[1m", text);
	str_addc(out, '\n');
}

void
text_left_out(
    struct str *out, const struct text_style *s, size_t n, const char *one, const char *many)
{
	char count[WORDS_MAX], line[WORDS_MAX];

	if (n == 0)
		return;
	snprintf(line, sizeof(line), "    and %.40s %s (--format json has all)",
	    words_count(n, count), n == 1 ? one : many);
	wrap_text(out, line, s->width, 0, 4);
}
