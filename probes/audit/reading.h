/* SPDX-License-Identifier: Apache-2.0
 *
 * reading: how a log is read (struct reading of record.h) as a line of a head, and in words.
 */
#ifndef PROBES_AUDIT_READING_H
#define PROBES_AUDIT_READING_H

#include "record.h"
#include "statement.h"

void reading_put(struct str *out, const struct reading *r);
bool reading_get(struct reading *r, const struct statement *st);

/* Appends "csv (found), semicolons between columns, time in columns 1 and 2 as dmy (record 7 says
 * that the day stands first)": what was taken, and why. Nothing of a format that has no times. */
void reading_text(const struct reading *r, enum format format, bool guessed, struct str *out);

/* It is worth a word beside the result, since something had to be found out that could be
 * otherwise. */
bool reading_is_told(const struct reading *r, enum format format);

#endif
