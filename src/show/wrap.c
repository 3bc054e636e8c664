/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns where a line may break.
 */
#include "show/wrap.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>
#include <wchar.h>

#define WIDTH_MIN 8
#define UNIT_LETTERS 2

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

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* May a line end at the space s[i]? A number keeps its unit: "0.001 s", "5 ms". */
static bool
may_break(const char *s, size_t n, size_t i)
{
	size_t len = 0;

	while (i + 1 + len < n && s[i + 1 + len] >= 'a' && s[i + 1 + len] <= 'z')
		len++;
	return i == 0 || !is_digit(s[i - 1]) || len == 0 || len > UNIT_LETTERS;
}

/* The columns of s up to its next place to break. */
static int
width_of_word(const char *s, size_t n)
{
	int w = 0;

	for (size_t i = 0; i < n && (s[i] != ' ' || !may_break(s, n, i));) {
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
	size_t n = strlen(text);
	int w = 0;

	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t len = utf8_decode(text + i, n - i, &c);

		w += len == 0 ? 1 : columns(c);
		i += len == 0 ? 1 : len;
	}
	return w;
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
		if (c == ' ' && may_break(text, n, i) && at > indent &&
		    at + 1 + width_of_word(text + i + 1, n - i - 1) > width) {
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
