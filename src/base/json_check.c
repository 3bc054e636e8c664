/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the grammar of JSON, for text that came from outside.
 */
#include "base/json_check.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

struct reader {
	const char *s;
	size_t n, at;
	char open[JSON_DEPTH_MAX]; /* '[' or '{' */
	size_t depth;
	struct err *e;
};

static int
wrong(struct reader *r, const char *what)
{
	size_t line = 1;

	for (size_t i = 0; i < r->at && i < r->n; i++)
		line += r->s[i] == '\n';
	return err_set(r->e, ERR_PARSE, "line %zu: %s (RFC 8259)", line, what);
}

/* The byte at hand; NUL at the end, which no token begins with. */
static char
peek(const struct reader *r)
{
	return r->at < r->n ? r->s[r->at] : '\0';
}

static void
blanks(struct reader *r)
{
	while (r->at < r->n && memchr(" \t\r\n", r->s[r->at], 4) != NULL)
		r->at++;
}

static bool
digits(struct reader *r)
{
	size_t from = r->at;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->at++;
	return r->at > from;
}

static int
number(struct reader *r)
{
	r->at += peek(r) == '-';
	if (peek(r) == '0')
		r->at++;
	else if (!digits(r))
		return wrong(r, "a number without digits");
	if (peek(r) == '.') {
		r->at++;
		if (!digits(r))
			return wrong(r, "a number without digits after its point");
	}
	if (peek(r) == 'e' || peek(r) == 'E') {
		r->at++;
		r->at += peek(r) == '+' || peek(r) == '-';
		if (!digits(r))
			return wrong(r, "a number without digits in its exponent");
	}
	return 0;
}

static int
escape(struct reader *r)
{
	char c = r->at + 1 < r->n ? r->s[r->at + 1] : '\0';
	size_t len = c == 'u' ? 6 : 2;

	if (c == '\0' || strchr("\"\\/bfnrtu", c) == NULL || r->n - r->at < len)
		return wrong(r, "a backslash before what cannot be escaped");
	for (size_t i = 2; i < len; i++)
		if (memchr("0123456789abcdefABCDEF", r->s[r->at + i], 22) == NULL)
			return wrong(r, "\\u without four hex digits");
	r->at += len;
	return 0;
}

static int
string(struct reader *r)
{
	if (peek(r) != '"')
		return wrong(r, "a name in quotes is missing");
	r->at++;
	while (r->at < r->n && r->s[r->at] != '"') {
		uint32_t c = 0;
		size_t len = utf8_decode(r->s + r->at, r->n - r->at, &c);

		if (len == 0)
			return wrong(r, "text that is not UTF-8");
		if (c < 0x20)
			return wrong(r, "a line end or control inside quotes");
		if (c == '\\') {
			if (escape(r) < 0)
				return -1;
		} else
			r->at += len;
	}
	if (r->at >= r->n)
		return wrong(r, "ends inside quotes");
	r->at++;
	return 0;
}

static int
word(struct reader *r)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(words[i]);

		if (r->n - r->at >= len && memcmp(r->s + r->at, words[i], len) == 0) {
			r->at += len;
			return 0;
		}
	}
	return wrong(r, r->at < r->n ? "no value begins like this" : "a value is missing");
}

/* "name" : */
static int
member(struct reader *r)
{
	blanks(r);
	if (string(r) < 0)
		return -1;
	blanks(r);
	if (peek(r) != ':')
		return wrong(r, "a colon is missing after a name");
	r->at++;
	return 0;
}

/* One value, or the opening of one; *opened when it is not empty and its first value is next. */
static int
value(struct reader *r, bool *opened)
{
	char c;

	*opened = false;
	blanks(r);
	c = peek(r);
	if (c == '"')
		return string(r);
	if (c == '-' || (c >= '0' && c <= '9'))
		return number(r);
	if (c != '{' && c != '[')
		return word(r);
	if (r->depth == JSON_DEPTH_MAX)
		return wrong(r, "more than 64 arrays and objects inside each other");
	r->at++;
	blanks(r);
	if (peek(r) == (c == '{' ? '}' : ']')) {
		r->at++;
		return 0;
	}
	r->open[r->depth++] = c;
	*opened = true;
	return c == '{' ? member(r) : 0;
}

/* After a value: closes what ends here; 1 when another value follows, 0 at the very end. */
static int
after(struct reader *r)
{
	while (r->depth > 0) {
		bool object = r->open[r->depth - 1] == '{';

		blanks(r);
		if (peek(r) == ',') {
			r->at++;
			return object && member(r) < 0 ? -1 : 1;
		}
		if (peek(r) != (object ? '}' : ']'))
			return wrong(
			    r, object ? "a comma or } is missing" : "a comma or ] is missing");
		r->at++;
		r->depth--;
	}
	blanks(r);
	return r->at < r->n ? wrong(r, "something follows the end") : 0;
}

int
json_check(const char *text, size_t n, struct err *e)
{
	struct reader r = { .s = text, .n = n, .e = e };
	int more = 1;

	while (more > 0) {
		bool opened;

		if (value(&r, &opened) < 0)
			return -1;
		more = opened ? 1 : after(&r);
	}
	return more;
}
