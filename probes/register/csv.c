/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how records of a table are told apart.
 */
#include "csv.h"

#include "register.h"

#include <string.h>
#include <strings.h>

void
csv_begin(struct csv *c, const char *text, size_t n, char sep, struct arena *a)
{
	*c = (struct csv){ .at = text, .end = text + n, .line = 1, .sep = sep, .arena = a };
	if (n >= 5 && strncasecmp(text, "sep=", 4) == 0 && (n == 5 || strchr("\r\n", text[5]))) {
		c->sep = text[4];
		c->at += 5;
	}
}

/* Blanks around, also those of one space that never breaks (U+00A0), and the ="…" around a number
 * that Excel is to leave alone. */
static const char *
trimmed(struct arena *a, const char *s, size_t n)
{
	for (bool more = true; more && n > 0;) {
		more = false;
		if (strchr(" \t\r\n", s[0]) != NULL)
			s++, n--, more = true;
		else if (n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
			s += 2, n -= 2, more = true;
		else if (strchr(" \t\r\n", s[n - 1]) != NULL)
			n--, more = true;
		else if (n >= 2 && memcmp(s + n - 2, "\xc2\xa0", 2) == 0)
			n -= 2, more = true;
	}
	if (n >= 3 && s[0] == '=' && s[1] == '"' && s[n - 1] == '"')
		s += 2, n -= 3;
	return n > 0 ? arena_textn(a, s, n) : "";
}

/* Past the end of the line at p. */
static const char *
line_after(const char *p, const char *end)
{
	p += strcspn(p, "\r\n");
	if (p < end && *p == '\r')
		p++;
	if (p < end && *p == '\n')
		p++;
	return p;
}

/* The cell in quotes that begins at c->at; NULL: its quote is never closed. */
static const char *
quoted(struct csv *c)
{
	const char *p = c->at + 1, *close = p;
	unsigned lines = 0;
	char *to, *begin;

	for (; close < c->end && lines <= CSV_QUOTED_LINES_MAX; close++) {
		lines += *close == '\n';
		if (*close == '"' && close[1] == '"')
			close++;
		else if (*close == '"')
			break;
	}
	if (close >= c->end || lines > CSV_QUOTED_LINES_MAX)
		return NULL;
	begin = to = arena_alloc(c->arena, (size_t)(close - p) + 1);
	for (; p < close; p++) {
		*to++ = *p;
		p += *p == '"';
	}
	c->line += lines;
	c->at = close + 1;
	return trimmed(c->arena, begin, (size_t)(to - begin));
}

static const char *
bare(struct csv *c)
{
	const char *p = c->at;

	while (c->at < c->end && *c->at != c->sep && *c->at != '\r' && *c->at != '\n')
		c->at++;
	return trimmed(c->arena, p, (size_t)(c->at - p));
}

/* One cell; its fault, or NULL. */
static const char *
take_cell(struct csv *c, const char **cell)
{
	const char *p = c->at;

	while (*p == ' ')
		p++;
	if (*p != '"') {
		*cell = bare(c);
		return NULL;
	}
	c->at = p;
	*cell = quoted(c);
	if (*cell == NULL)
		return "a quotation mark is opened and never closed";
	while (*c->at == ' ')
		c->at++;
	if (c->at < c->end && *c->at != c->sep && *c->at != '\r' && *c->at != '\n')
		return "text stands behind a closing quotation mark";
	return NULL;
}

/* The cells of the record at c->at. A faulty one ends with the line it began in. */
static void
take_row(struct csv *c, struct csv_row *out)
{
	const char *cells[CSV_COLUMNS_MAX], *begin = c->at, *cell = NULL;

	*out = (struct csv_row){ .line = c->line };
	for (;;) {
		out->fault = out->n == CSV_COLUMNS_MAX ? "has too many cells (at most 256)"
						       : take_cell(c, &cell);
		if (out->fault != NULL)
			break;
		cells[out->n++] = cell;
		if (strlen(cell) > REGISTER_CELL_MAX) {
			out->fault = "a cell is longer than 2000 bytes";
			break;
		}
		if (c->at >= c->end || *c->at != c->sep)
			break;
		c->at++;
	}
	if (out->fault != NULL) {
		c->at = begin;
		c->line = out->line;
	}
	c->at = line_after(c->at, c->end);
	c->line++;
	out->cells = arena_array(c->arena, out->n + 1, sizeof(*out->cells));
	memcpy(out->cells, cells, out->n * sizeof(*cells));
}

static bool
is_empty(const struct csv_row *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i][0] != '\0')
			return false;
	return r->fault == NULL;
}

bool
csv_next(struct csv *c, struct csv_row *out)
{
	while (c->at < c->end) {
		take_row(c, out);
		if (!is_empty(out))
			return true;
	}
	return false;
}
