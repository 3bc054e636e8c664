/* SPDX-License-Identifier: Apache-2.0
 *
 * wrap: text broken at spaces to the width of a terminal, by columns (wcwidth), not by bytes.
 */
#ifndef SHOW_WRAP_H
#define SHOW_WRAP_H

#include "base/str.h"

/* Appends clean UTF-8 text and a line end. The first line already has `used` columns, the others
 * begin with `indent` spaces. A word longer than a line is broken. */
void wrap_text(struct str *out, const char *text, int width, int used, int indent);

/* Columns that clean UTF-8 text takes on one line. */
int wrap_width(const char *text);

#endif
