/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the characters of a configuration: blanks, comments, quotes, words.
 */
#include "init/readers/scan.h"

#include "base/str.h"

#include <string.h>

#define WORD_MAX ((size_t)1 << 20) /* bytes of one word: a file has no more */

bool
scan_one_of(const char *set, char c)
{
	return set != NULL && c != '\0' && strchr(set, c) != NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\0' || c == '\f' || c == '\v';
}

static char
at(const struct syntax *s, size_t ahead)
{
	return (size_t)(s->end - s->p) > ahead ? s->p[ahead] : '\n';
}

bool
scan_begins(const struct syntax *s, const char *what)
{
	size_t n = strlen(what);

	return (size_t)(s->end - s->p) >= n && memcmp(s->p, what, n) == 0;
}

void
scan_step(struct syntax *s)
{
	s->line_start = *s->p == '\n';
	s->line += s->line_start;
	s->p++;
}

static void
scan_line_off(struct syntax *s)
{
	const char *nl = memchr(s->p, '\n', (size_t)(s->end - s->p));

	s->p = nl != NULL ? nl : s->end;
}

void
scan_past(struct syntax *s, const char *what)
{
	while (s->p < s->end && !scan_begins(s, what))
		scan_step(s);
	for (size_t n = strlen(what); n > 0 && s->p < s->end; n--)
		scan_step(s);
}

const char *
scan_on_line(const struct syntax *s, char c)
{
	size_t left = (size_t)(s->end - s->p), n = left < SCAN_NEAR_MAX ? left : SCAN_NEAR_MAX;
	const char *nl = memchr(s->p, '\n', n);

	return memchr(s->p, c, nl != NULL ? (size_t)(nl - s->p) : n);
}

static bool
comment_here(const struct syntax *s)
{
	return scan_one_of(s->g->comment, *s->p) && (s->line_start || !s->g->comment_starts_line);
}

/* Whether the line that begins here goes on with the statement before it. Comments and empty lines
 * between the two do not end it (postconf(5)), and are skipped. */
static bool
line_goes_on(struct syntax *s)
{
	while (s->p < s->end) {
		const char *line = s->p;

		while (s->p < s->end && is_blank(*s->p))
			s->p++;
		if (s->p < s->end && *s->p != '\n' && !scan_one_of(s->g->comment, *s->p)) {
			bool indented = s->p > line;

			s->p = line;
			return indented;
		}
		scan_line_off(s);
		if (s->p < s->end)
			scan_step(s);
	}
	return false;
}

/* A line's end is skipped; true when the statement ends with it. */
static bool
end_of_line(struct syntax *s, size_t words)
{
	scan_step(s);
	return words > 0 && s->g->lines && !(s->g->indent_continues && line_goes_on(s));
}

/* A backslash and the end of its line are skipped, where that joins two lines. */
static bool
joined(struct syntax *s)
{
	if (!s->g->backslash_continues || *s->p != '\\' ||
	    !(at(s, 1) == '\n' || (at(s, 1) == '\r' && at(s, 2) == '\n')))
		return false;
	scan_line_off(s);
	if (s->p < s->end)
		scan_step(s);
	s->line_start = false;
	return true;
}

static bool
parts_words(const struct syntax *s, size_t words)
{
	if (s->g->blocks && (*s->p == '{' || *s->p == '}'))
		return false;
	return scan_one_of(s->g->parts, *s->p) || (words == 1 && scan_one_of(s->g->assigns, *s->p));
}

/* Skips what lies between words; true when the statement, or the file, ended there. */
bool
scan_between(struct syntax *s, size_t words)
{
	while (s->p < s->end) {
		if (*s->p == '\n') {
			if (end_of_line(s, words))
				return true;
		} else if (s->g->remark[0] != NULL && scan_begins(s, s->g->remark[0])) {
			scan_past(s, s->g->remark[1]);
		} else if (comment_here(s)) {
			scan_line_off(s);
		} else if (is_blank(*s->p)) {
			s->p++; /* leaves line_start: a comment may be indented */
		} else if (parts_words(s, words)) {
			scan_step(s);
		} else if (!joined(s)) {
			return false;
		}
	}
	return true;
}

/* ${…}, $(…) and %{…} are part of a word, whatever else braces mean. */
static bool
take_braces(struct syntax *s, struct str *w)
{
	const char *close;
	size_t n;

	if ((*s->p != '$' && *s->p != '%') || (at(s, 1) != '{' && at(s, 1) != '('))
		return false;
	n = (size_t)(s->end - s->p);
	close = memchr(s->p, at(s, 1) == '{' ? '}' : ')', n < SCAN_NEAR_MAX ? n : SCAN_NEAR_MAX);
	n = close != NULL ? (size_t)(close - s->p) + 1 : 0;
	if (n == 0 || memchr(s->p, '\n', n) != NULL)
		return false;
	str_addn(w, s->p, n);
	s->p += n;
	return true;
}

/* Where the quoted part that begins here ends; NULL: nowhere near, so that its quote is a letter:
 * the apostrophe of a program within a configuration must not hide what follows it. */
static const char *
quote_end(const struct syntax *s)
{
	for (const char *p = s->p + 1; p < s->end && p <= s->p + SCAN_NEAR_MAX; p++) {
		if (s->g->lines && *p == '\n')
			return NULL;
		if (s->g->escapes && *p == '\\' && p + 1 < s->end)
			p++;
		else if (*p == *s->p && s->g->doubled && p + 1 < s->end && p[1] == *p)
			p++;
		else if (*p == *s->p)
			return p;
	}
	return NULL;
}

static bool
take_quoted(struct syntax *s, struct str *w)
{
	const char *stop = quote_end(s);
	char quote = *s->p;

	if (stop == NULL)
		return false;
	for (scan_step(s); s->p < stop; scan_step(s)) {
		if ((s->g->escapes && *s->p == '\\') ||
		    (s->g->doubled && *s->p == quote && s->p + 1 < stop))
			scan_step(s);
		str_addc(w, *s->p);
	}
	scan_step(s);
	return true;
}

bool
scan_opens(const struct syntax *s)
{
	char next = at(s, 1);

	return s->g->blocks && *s->p == '{' &&
	       (!s->g->blocks_apart || is_blank(next) || next == '\n' || next == '#');
}

/* In Caddy a brace that is no block begins and ends a placeholder. */
static bool
word_ends(const struct syntax *s, size_t words)
{
	const struct grammar *g = s->g;
	char c = *s->p;

	return is_blank(c) || c == '\n' || scan_one_of(g->ends, c) || scan_one_of(g->parts, c) ||
	       (words == 0 && scan_one_of(g->assigns, c)) ||
	       (g->blocks && !g->blocks_apart && (c == '{' || c == '}')) ||
	       (g->tags == TAGS_BLOCKS && c == '>');
}

const char *
scan_word(struct syntax *s, size_t words)
{
	const char *text, *from = s->p;
	struct str w;

	str_init(&w, WORD_MAX);
	while (s->p < s->end && (s->p == from || !word_ends(s, words))) {
		if (take_braces(s, &w))
			continue;
		if (scan_one_of(s->g->quotes, *s->p) && (s->p == from || s->g->quotes_inside) &&
		    take_quoted(s, &w)) {
			if (!s->g->quotes_inside)
				break;
			continue;
		}
		if (s->g->escapes && *s->p == '\\' && at(s, 1) != '\n')
			scan_step(s);
		if (s->p < s->end) {
			str_addc(&w, *s->p);
			scan_step(s);
		}
	}
	text = arena_textn(s->arena, w.s, w.len);
	str_fini(&w);
	s->line_start = false;
	return text;
}
