/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the columns of a table on a terminal.
 */
#include "show/table.h"

#include "base/memory.h"
#include "show/certs_private.h"
#include "show/words.h"
#include "show/wrap.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLS_MAX 6
#define GAP 2 /* between columns */

struct column {
	const char *name;
	int most, least; /* columns of text; most 0: takes what the others leave */
};

struct table {
	struct libscols_table *t;
	const struct column *columns;
	size_t n;
	int width[COLS_MAX];
	char **cells; /* n a row */
	enum sign *signs;
	size_t rows, cap;
};

static char *
own(const char *text)
{
	return memory_or_end(strdup(text), "a table");
}

static void
table_init(struct table *t, const struct column *columns, size_t n, size_t rows)
{
	*t = (struct table){ .columns = columns, .n = n };
	t->cells = memory_or_end(calloc(rows * n + 1, sizeof(*t->cells)), "a table");
	t->signs = memory_or_end(calloc(rows + 1, sizeof(*t->signs)), "a table");
}

static void
table_fini(struct table *t)
{
	for (size_t i = 0; i < t->rows * t->n; i++)
		free(t->cells[i]);
	free(t->cells);
	free(t->signs);
	scols_unref_table(t->t);
}

static void
table_row(struct table *t, enum sign sign, const char *const *cells)
{
	for (size_t c = 0; c < t->n; c++)
		t->cells[t->rows * t->n + c] = own(cells[c]);
	t->signs[t->rows++] = sign;
}

/* Each column takes what its text needs up to its most; the open one gets the rest. When that is
 * too little the others give way, down to their least. */
static void
share_width(struct table *t, int total)
{
	int used = 0, open = -1;

	for (size_t c = 0; c < t->n; c++) {
		int need = wrap_width(t->columns[c].name);

		for (size_t r = 0; r < t->rows; r++) {
			int w = wrap_width(t->cells[r * t->n + c]);

			need = w > need ? w : need;
		}
		if (t->columns[c].most == 0)
			open = (int)c;
		else if (need > t->columns[c].most)
			need = t->columns[c].most;
		t->width[c] = need;
		used += GAP + (t->columns[c].most == 0 ? 0 : need);
	}
	for (size_t c = t->n; c-- > 0 && total - used < t->columns[open].least;) {
		int give = t->width[c] - t->columns[c].least;

		if ((int)c == open || give <= 0)
			continue;
		if (give > t->columns[open].least - (total - used))
			give = t->columns[open].least - (total - used);
		t->width[c] -= give;
		used -= give;
	}
	if (t->width[open] > total - used)
		t->width[open] = total - used;
}

static void
fill_cell(struct libscols_line *ln, size_t c, const char *text, int width)
{
	struct str s;

	str_init(&s, 65536);
	wrap_text(&s, text, width, 0, 0);
	if (s.len > 0 && s.s[s.len - 1] == '\n')
		s.s[s.len - 1] = '\0';
	if (scols_line_set_data(ln, c, s.s) != 0)
		memory_none("a table");
	str_fini(&s);
}

static void
fill(struct table *t, const struct text_style *s)
{
	for (size_t c = 0; c < t->n; c++) {
		struct libscols_column *col =
		    scols_table_new_column(t->t, t->columns[c].name, t->width[c], SCOLS_FL_WRAP);

		if (col == NULL)
			memory_none("a table");
		scols_column_set_safechars(col, "\n");
		/* our own line ends: libsmartcols itself breaks in mid-word */
		scols_column_set_wrapfunc(
		    col, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	}
	for (size_t r = 0; r < t->rows; r++) {
		struct libscols_line *ln = scols_table_new_line(t->t, NULL);

		if (ln == NULL)
			memory_none("a table");
		for (size_t c = 0; c < t->n; c++)
			fill_cell(ln, c, t->cells[r * t->n + c], t->width[c]);
		if (s->colour)
			scols_cell_set_color(scols_line_get_cell(ln, 0), words_colour(t->signs[r]));
	}
}

static void
table_print(struct table *t, const struct text_style *s, bool headings, struct str *out)
{
	int total = s->width > TABLE_WIDE ? TABLE_WIDE : s->width;
	char *text = NULL;

	t->t = scols_new_table();
	if (t->t == NULL)
		memory_none("a table");
	share_width(t, total);
	scols_table_enable_colors(t->t, s->colour);
	scols_table_enable_noheadings(t->t, !headings);
	scols_table_set_termforce(t->t, SCOLS_TERMFORCE_ALWAYS);
	scols_table_set_termwidth(t->t, (size_t)total);
	scols_table_set_column_separator(t->t, "  ");
	fill(t, s);
	if (scols_print_table_to_string(t->t, &text) != 0 || text == NULL)
		memory_none("a table");
	for (char *line = text, *end; *line != '\0'; line = end + (*end != '\0')) {
		size_t len;

		end = line + strcspn(line, "\n");
		for (len = (size_t)(end - line); len > 0 && line[len - 1] == ' '; len--)
			;
		str_addn(out, line, len);
		str_addc(out, '\n');
	}
	free(text);
}

void
table_items(const struct row *rows, size_t n, const struct report *r, const struct text_style *s,
    struct str *out)
{
	static const struct column columns[] = {
		{ "LEVEL", 10, 10 },
		{ "WHAT", 0, 44 },
		{ "FAILS", 28, 11 },
		{ "START BY", 24, 10 },
		{ "WHO", 24, 8 },
	};
	struct table t;

	table_init(&t, columns, 5, n);
	for (size_t i = 0; i < n; i++) {
		char level[32], fails[WORDS_MAX], start[WORDS_MAX], who[WORDS_MAX],
		    times[WORDS_MAX];
		struct str what;

		snprintf(level, sizeof(level), "%s %s", words_symbol(rows[i].sign, s->utf8),
		    sign_name(rows[i].sign));
		str_init(&what, 8192);
		words_what(&rows[i], r->now, &what);
		if (words_times(&rows[i], r->now, times)[0] != '\0')
			str_addf(&what, " (%s)", times);
		table_row(&t, rows[i].sign,
		    (const char *const[]){ level, what.s, words_fails(rows[i].item, r->now, fails),
			words_start_by(rows[i].item, r->now, start),
			words_who(rows[i].check, who) });
		str_fini(&what);
	}
	table_print(&t, s, true, out);
	table_fini(&t);
}

void
table_calendar(const struct row *rows, size_t n, const struct report *r, const struct text_style *s,
    struct str *out)
{
	static const struct column columns[] = {
		{ "", 1, 1 },
		{ "FAILS", 34, 18 },
		{ "WHAT", 0, 30 },
		{ "START BY", 34, 20 },
	};
	struct table t;

	table_init(&t, columns, 4, n);
	for (size_t i = 0; i < n; i++) {
		char fails[WORDS_MAX], by[WORDS_MAX], start[WORDS_MAX + 16];
		struct str what;

		str_init(&what, 8192);
		words_what(&rows[i], r->now, &what);
		words_start_by(rows[i].item, r->now, by);
		snprintf(start, sizeof(start), "%s%s",
		    by[0] == '\0'                  ? ""
		    : strncmp(by, "today", 5) == 0 ? "start "
						   : "start by ",
		    by);
		table_row(&t, rows[i].sign,
		    (const char *const[]){ words_symbol(rows[i].sign, s->utf8),
			words_fails(rows[i].item, r->now, fails), what.s, start });
		str_fini(&what);
	}
	table_print(&t, s, false, out);
	table_fini(&t);
}

void
table_certs(const struct certs *c, const struct text_style *s, struct str *out)
{
	static const struct column columns[] = {
		{ "LEVEL", 10, 10 },
		{ "START BY", 24, 10 },
		{ "ENDS", 28, 11 },
		{ "CERTIFICATE", 48, 24 },
		{ "WHERE", 0, 30 },
		{ "OWNER", 24, 8 },
	};
	struct table t;

	table_init(&t, columns, 6, c->n);
	for (size_t i = 0; i < c->n; i++) {
		const struct certs_row *row = &c->rows[i];
		const struct item it = certs_item(row);
		char level[32], start[WORDS_MAX], ends[WORDS_MAX];
		struct str what, where, who;

		snprintf(level, sizeof(level), "%s %s", words_symbol(row->sign, s->utf8),
		    sign_name(row->sign));
		str_init(&what, CERTS_CELL_MAX);
		str_init(&where, CERTS_CELL_MAX);
		str_init(&who, CERTS_CELL_MAX);
		certs_what(row, &what);
		certs_where(row, s->all ? 0 : TABLE_PLACES, &where);
		certs_who(row, &who);
		table_row(&t, row->sign,
		    (const char *const[]){ level, words_start_by(&it, c->report->now, start),
			words_fails(&it, c->report->now, ends), what.s, where.s, who.s });
		str_fini(&what);
		str_fini(&where);
		str_fini(&who);
	}
	table_print(&t, s, true, out);
	table_fini(&t);
}
