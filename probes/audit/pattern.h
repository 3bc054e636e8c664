/* SPDX-License-Identifier: Apache-2.0
 *
 * pattern: times by a pattern of the configuration, with the letters of strptime(3) ("%d.%m.%y
 * %H:%M") and %f for the digits of a fraction of a second. Read by the system's strptime in the C
 * locale.
 */
#ifndef PROBES_AUDIT_PATTERN_H
#define PROBES_AUDIT_PATTERN_H

#include "stamp.h"

#include "base/err.h"

#define PATTERN_MAX 64  /* bytes of a pattern */
#define PATTERN_TEXT 80 /* bytes of a record that a stamp may take */

/* -1 with *e: it does not tell a day, or the time of day, or is no pattern. */
int pattern_check(const char *pattern, struct err *e);

/* As stamp_parse; pattern has passed pattern_check. */
size_t pattern_parse(const char *pattern, const char *s, size_t n, int year, struct stamp *out);

#endif
