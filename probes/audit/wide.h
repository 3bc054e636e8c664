/* SPDX-License-Identifier: Apache-2.0
 *
 * wide: records of a text in UTF-16 (RFC 2781), as Windows programs write it. The file is cut into
 * records at each byte 0A, as every other; what stands between two of them is made UTF-8 here
 * before it is looked at. Pure.
 */
#ifndef PROBES_AUDIT_WIDE_H
#define PROBES_AUDIT_WIDE_H

#include "slice.h"

#define WIDE_MAX ((size_t)8192) /* bytes of UTF-8 of a record that are looked at */
#define WIDE_SHARE 90           /* percent of the units of a start that are of one byte: UTF-16 */
#define WIDE_MIN 16             /* units below which nothing is called UTF-16 without its mark */

enum wide { WIDE_NO, WIDE_LITTLE, WIDE_BIG };

/* By the mark of the byte order (Unicode 23.8), else by every second byte being 0. */
enum wide wide_find(const char *s, size_t n);

/* The bytes between two bytes 0A, as UTF-8 in buf. The half of a line end, and a mark of the byte
 * order, are left out; half a character is U+FFFD. */
struct slice wide_narrow(enum wide w, struct slice rec, char buf[WIDE_MAX]);

/* rec is no record but goes on the one above: the 0A before it was half of a character. Known for
 * WIDE_LITTLE only, where the other half of a line end stands behind it. */
bool wide_goes_on(enum wide w, struct slice rec);

#endif
