/* SPDX-License-Identifier: Apache-2.0
 *
 * columns: what the columns of a list hold, by their names in English, German and French, and what
 * kinds of entry are called. Pure.
 */
#ifndef PROBES_REGISTER_COLUMNS_H
#define PROBES_REGISTER_COLUMNS_H

#include "register.h"

#define COLUMNS_HEADS 10 /* the line with the names is one of so many first ones */

/* Which column of a table holds what: 1 + its place; 0: none does. */
struct columns {
	uint16_t at[COL_N];
	const char *ignored; /* names of those that were not understood; NULL: none */
};

/* How a list of ours calls it: "lead_d". */
const char *col_name(enum col c);

/* By its name as it stands in a list of ours; COL_N: none is called so. */
enum col col_find(const char *name);

/* own: "column=Its name there" each, which go before what the names mean. 1: these cells are names
 * of columns. 0: they are not, since fewer than two are known, or neither an id nor a title is. -1
 * with *e: two of them seem to hold the same, or a column that `own` names is not there. */
int columns_of(struct columns *c, const char *const *cells, size_t n, const struct texts *own,
    struct arena *a, struct err *e);

/* How many of the cells are names that are known. */
size_t columns_known(const char *const *cells, size_t n);

const char *kind_name(enum kind k);
enum kind kind_find(const char *word); /* KIND_N: none is called so */

/* Whether there is nothing to watch of such an entry but its date. */
bool kind_needs_date(enum kind k);

#endif
