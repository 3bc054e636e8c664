/* SPDX-License-Identifier: Apache-2.0
 *
 * csv: the records of a table that a spreadsheet wrote (RFC 4180, also with ; or tab). Pure.
 *
 * A reader of our own and not libcsv: a quote that somebody left open must cost its own line and
 * not the rest of the list, and each record must say its line.
 */
#ifndef PROBES_REGISTER_CSV_H
#define PROBES_REGISTER_CSV_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define CSV_COLUMNS_MAX 256     /* cells of one record */
#define CSV_QUOTED_LINES_MAX 50 /* lines of one cell in quotes; then the quote was left open */

struct csv {
	const char *at, *end; /* what is still to come; *end is NUL */
	unsigned line;        /* of `at`, from 1 */
	char sep;             /* between cells */
	struct arena *arena;  /* of the cells */
};

struct csv_row {
	unsigned line;      /* where it begins */
	const char *fault;  /* what is wrong with it; its cells are those before that place */
	const char **cells; /* without quotes, and without blanks around */
	size_t n;
};

/* text ends with NUL and outlives *c. "sep=;" in the first line, as Excel writes it, is heeded. */
void csv_begin(struct csv *c, const char *text, size_t n, char sep, struct arena *a);

/* The next record that is not empty; false: there is none. */
bool csv_next(struct csv *c, struct csv_row *out);

#endif
