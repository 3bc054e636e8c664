/* SPDX-License-Identifier: Apache-2.0 */
#include "show/wrap.h"

#include "base/text.h"

#include <string.h>
#include <wchar.h>

#define WIDTH_MIN 8

static int
columns(uint32_t c)
{
	int w = wcwidth((wchar_t)c);

	return w < 0 ? 1 : w;
}

static void
next_line(struct str *out, int indent, int *at)
{
	str_addc(out, '\n');
	for (int i = 0; i < indent; i++)
		str_addc(out, ' ');
	*at = indent;
}

/* The columns up to the first `end` character, or of all. */
static int
width_until(const char *s, size_t n, char end)
{
	int w = 0;

	for (size_t i = 0; i < n && s[i] != end;) {
		uint32_t c = 0;
		size_t len = utf8_decode(s + i, n - i, &c);

		w += len == 0 ? 1 : columns(c);
		i += len == 0 ? 1 : len;
	}
	return w;
}

int
wrap_width(const char *text)
{
	return width_until(text, strlen(text), '\0');
}

void
wrap_text(struct str *out, const char *text, int width, int used, int indent)
{
	size_t n = strlen(text);
	int at = used;

	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(text + i, n - i, &c);

		if (len == 0)
			len = 1;
		if (c == ' ' && at + 1 + width_until(text + i + 1, n - i - 1, ' ') > width &&
		    at > indent) {
			next_line(out, indent, &at);
			for (i += 1; i < n && text[i] == ' '; i++)
				;
			continue;
		}
		if (at + columns(c) > width)
			next_line(out, indent, &at);
		str_addn(out, text + i, len);
		at += columns(c);
		i += len;
	}
	str_addc(out, '\n');
}
