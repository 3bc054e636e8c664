/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the pieces that the parts of the text share.
 */
#include "show/text_private.h"

#include "base/day.h"
#include "base/text.h"
#include "show/words.h"
#include "show/wrap.h"

#include <stdio.h>
#include <string.h>

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

void
text_title(const struct report *r, const struct text_style *s, struct str *out)
{
	char date[DAY_TEXT];
	struct str line;

	str_init(&line, 4096);
	if (r->site != NULL && strcmp(r->site, r->host) != 0) {
		text_clean(&line, r->site, strlen(r->site), 100);
		str_add(&line, " · ");
	}
	text_clean(&line, r->host, strlen(r->host), 100);
	str_add(&line, " · ");
	str_add(&line, day_moment(r->now, date));
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

void
text_by_hand(const struct report *r, const struct text_style *s, struct str *out)
{
	char date[DAY_TEXT];
	struct str line;

	if (!r->by_hand)
		return;
	str_init(&line, 4096);
	str_addf(&line, "Judged as if it were %s; that moment was given by hand.",
	    day_moment(r->now, date));
	wrap_text(out, line.s, s->width, 0, 0);
	str_fini(&line);
}

void
text_to_ascii(const char *text, struct str *out)
{
	static const struct {
		uint32_t c;
		char ascii;
	} known[] = { { 0x2013, '-' }, { 0x2026, '.' }, { 0xb5, 'u' }, { 0xb7, '-' } };
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t c = 0xfffd;
		size_t len = utf8_decode(text + i, n - i, &c);
		char ascii = c < 0x80 ? (char)c : '?';

		for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
			if (known[k].c == c)
				ascii = known[k].ascii;
		str_addc(out, ascii);
		i += len == 0 ? 1 : len;
	}
}
