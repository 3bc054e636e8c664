/* SPDX-License-Identifier: Apache-2.0
 *
 * table: rows in columns (libsmartcols), each cell wrapped at words to its column.
 */
#ifndef SHOW_TABLE_H
#define SHOW_TABLE_H

#include "show/certs.h"
#include "show/rows.h"

#define TABLE_NARROW 120 /* columns of a terminal below which a table is no help */
#define TABLE_PLACES 3   /* of one certificate that are listed, unless all are asked for */
#define TABLE_WIDE 180   /* wider lines are hard to follow */

void table_items(const struct row *rows, size_t n, const struct report *r,
    const struct text_style *s, struct str *out);
void table_calendar(const struct row *rows, size_t n, const struct report *r,
    const struct text_style *s, struct str *out);
void table_certs(const struct certs *c, const struct text_style *s, struct str *out);

#endif
