/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns text that grows up to its ceiling.
 */
#include "base/str.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char empty[1];

void
str_init(struct str *b, size_t max)
{
	*b = (struct str){ .s = empty, .max = max };
}

void
str_fini(struct str *b)
{
	if (b->cap > 0)
		free(b->s);
	str_init(b, b->max);
}

void
str_clear(struct str *b)
{
	b->len = 0;
	b->cut = false;
	if (b->cap > 0)
		b->s[0] = '\0';
}

/* Room for n more bytes and the NUL. */
static bool
room(struct str *b, size_t n)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;

	if (b->cut || n > b->max || b->len > b->max - n) {
		b->cut = true;
		return false;
	}
	if (b->len + n + 1 <= b->cap)
		return true;
	while (cap < b->len + n + 1)
		cap *= 2;
	b->s = memory_or_end(b->cap == 0 ? malloc(cap) : realloc(b->s, cap), "a text");
	b->cap = cap;
	return true;
}

void
str_addn(struct str *b, const char *bytes, size_t n)
{
	if (n == 0 || !room(b, n))
		return;
	memcpy(b->s + b->len, bytes, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void
str_add(struct str *b, const char *text)
{
	str_addn(b, text, strlen(text));
}

void
str_addc(struct str *b, char c)
{
	str_addn(b, &c, 1);
}

void
str_addf(struct str *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n <= 0 || !room(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}
