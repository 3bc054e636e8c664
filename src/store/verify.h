/* SPDX-License-Identifier: Apache-2.0
 *
 * verify: a database held against what SQLite knows of it, against the tables this program makes,
 * and against the checksums of its rows. Only for the files of this folder.
 */
#ifndef STORE_VERIFY_H
#define STORE_VERIFY_H

#include "store/db.h"

/* 0: sound. -1 with *e; ERR_PARSE: it is damaged. */
int verify_all(struct store *s, struct err *e);

/* Deletes the rows that fail their checksum, and counts them and the others. */
int verify_rows(struct store *s, uint64_t *bad, uint64_t *good, struct err *e);

#endif
