/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how a table becomes rows.
 */
#include "list.h"

#include "columns.h"
#include "csv.h"
#include "text.h"

#include <string.h>

struct row *
list_row(struct list *l, unsigned line, struct arena *a)
{
	struct row *r;

	l->rows = arena_grow(a, l->rows, l->n, &l->cap, sizeof(*l->rows));
	r = &l->rows[l->n++];
	*r = (struct row){ .line = line };
	return r;
}

const char *
list_cell(const char *cell)
{
	char folded[FOLDED_MAX];

	if (cell[0] == '\0' || strspn(cell, "-–—?. ") == strlen(cell))
		return NULL;
	return text_is_one_of(text_fold(cell, folded), "na none keine keiner ka nc tbd") ? NULL
											 : cell;
}

/* The separator by which one of the first records has the most names of columns. */
static char
separator(const char *text, size_t n, struct arena *a)
{
	static const char all[] = ";,\t";
	size_t most = 0;
	char best = ';';

	for (const char *sep = all; *sep != '\0'; sep++) {
		struct csv_row r;
		struct csv c;

		csv_begin(&c, text, n, *sep, a);
		for (int i = 0; i < COLUMNS_HEADS && csv_next(&c, &r); i++) {
			size_t known = columns_known(r.cells, r.n);

			if (known > most) {
				most = known;
				best = *sep;
			}
		}
	}
	return best;
}

/* The record that names the columns; what stands above it is a heading. false: l->fault is set. */
static bool
find_head(struct list *l, struct csv *c, const struct texts *own, struct csv_row *head,
    struct columns *cols, struct arena *a)
{
	struct err e = { 0 };
	int rc = 0;

	for (int i = 0; i < COLUMNS_HEADS && rc == 0 && csv_next(c, head); i++)
		rc = head->fault == NULL ? columns_of(cols, head->cells, head->n, own, a, &e) : 0;
	if (rc < 0)
		l->fault = arena_printf(a, "line %u: %s", head->line, e.msg);
	else if (rc == 0)
		l->fault = "none of its first 10 lines names the columns: at least an id or a "
			   "title is needed, and a date or an owner";
	return rc > 0;
}

static void
take_cells(struct row *r, const struct csv_row *from, const struct columns *cols, size_t columns)
{
	for (enum col k = 0; k < COL_N; k++)
		if (cols->at[k] != 0 && cols->at[k] <= from->n)
			r->cells[k] = list_cell(from->cells[cols->at[k] - 1]);
	r->fault = from->fault;
	for (size_t i = columns; r->fault == NULL && i < from->n; i++)
		if (from->cells[i][0] != '\0')
			r->fault = "has more cells than the line that names the columns";
}

void
list_from_table(
    struct list *l, const char *text, size_t n, const struct texts *columns, struct arena *a)
{
	bool whole = n == 0 || text[n - 1] == '\n' || text[n - 1] == '\r';
	struct csv_row head, r;
	struct columns cols;
	struct csv c;

	csv_begin(&c, text, n, separator(text, n, a), a);
	if (!find_head(l, &c, columns, &head, &cols, a))
		return;
	for (enum col k = 0; k < COL_N; k++)
		l->has[k] = cols.at[k] != 0;
	l->ignored = cols.ignored;
	l->spare = true;
	while (l->fault == NULL && csv_next(&c, &r)) {
		struct row *row = list_row(l, r.line, a);

		take_cells(row, &r, &cols, head.n);
		/* spreadsheets leave out empty cells at the end, but they do end a line */
		if (row->fault == NULL && r.n < head.n && c.at >= c.end && !whole)
			row->fault = "the file ends in the middle of this line";
		if (l->n > REGISTER_ROWS_MAX)
			l->fault = "has more than 50000 rows";
	}
}
