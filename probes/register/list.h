/* SPDX-License-Identifier: Apache-2.0
 *
 * list: the rows of one list, out of a table that a spreadsheet wrote or a file of ours (libconfig:
 * entries = ( { id = "…"; … }, … )). Pure; what cannot be read is in the list, never a failure.
 */
#ifndef PROBES_REGISTER_LIST_H
#define PROBES_REGISTER_LIST_H

#include "register.h"

/* text ends with NUL. *l has its path; the rest is filled. Everything lies in the arena. */
void list_from_table(
    struct list *l, const char *text, size_t n, const struct texts *columns, struct arena *a);
void list_from_groups(struct list *l, const char *text, struct arena *a);

/* Room for one more row. */
struct row *list_row(struct list *l, unsigned line, struct arena *a);

/* NULL of a cell that says that there is nothing: "", "-", "n/a", "k. A.". */
const char *list_cell(const char *cell);

#endif
