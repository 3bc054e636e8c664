/* SPDX-License-Identifier: Apache-2.0
 *
 * table_tell: the words for what is found of a table.
 */
#ifndef PROBES_AUDIT_TABLE_TELL_H
#define PROBES_AUDIT_TABLE_TELL_H

#include "table_parts.h"

/* The table or a trigger: `how` it differs; hash: of what it is now, or was. */
void tell_object(struct table_notes *n, const char *kind, const char *name, const char *how,
    const uint8_t *hash);

part_changed tell_part;

/* The file or the table is not there any more. */
void tell_gone(struct table_notes *n, const char *why);

/* Numbers that were given and have no row: AUTOINCREMENT never gives one twice. */
void tell_numbers(struct table_notes *n, const struct table *b);

void tell_silence(struct table_notes *n);
void tell_whole(struct table_notes *n);

#endif
