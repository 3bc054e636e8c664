/* SPDX-License-Identifier: Apache-2.0
 *
 * certs_private: what the files of the inventory share.
 */
#ifndef SHOW_CERTS_PRIVATE_H
#define SHOW_CERTS_PRIVATE_H

#include "show/certs.h"

#define CERTS_NAME_CHARS 200           /* shown of one name or place */
#define CERTS_CELL_MAX ((size_t)65536) /* bytes of one cell */
#define CERTS_NOTE_CHARS 400           /* shown of one sentence */

/* Adds the text if it is not among them yet. */
void certs_put(struct arena *a, const char ***v, size_t *n, size_t *cap, const char *text);

/* Fills kin and renewal of all rows, and adds the notes of both. Rows must not move any more. */
void certs_relate(struct certs *c, struct arena *a);

/* Its dates as an item has them, for words_fails and words_start_by. */
struct item certs_item(const struct certs_row *row);

/* One clean line. */
void certs_clean(struct str *out, const char *text, size_t chars);
/* Name, or its sentences where there are some; one clean line. */
void certs_what(const struct certs_row *row, struct str *out);
/* Its places in one clean line, at most `most` of them (0: all), the rest counted. */
void certs_where(const struct certs_row *row, size_t most, struct str *out);
/* Who is to do something about it: the people of all its checks, each once; one clean line. */
void certs_who(const struct certs_row *row, struct str *out);
/* "ends Thu 3 Dec (9 days), start by Fri 27 Nov"; nothing where neither is known. */
void certs_dates(const struct certs_row *row, instant now, struct str *out);

/* What every form on a terminal begins with: site, host, moment, how many there are. */
void certs_head(const struct certs *c, const struct text_style *s, struct str *out);
/* Draws in UTF-8, and makes it ASCII where the terminal wants that. */
void certs_to_terminal(const struct certs *c, const struct text_style *s,
    void (*draw)(const struct certs *, const struct text_style *, struct str *), struct str *out);

#endif
