/* SPDX-License-Identifier: Apache-2.0
 *
 * exposition: pieces of OpenMetrics 1.0 text, which Prometheus' text format reads as well. A
 * family's samples stand together, each set of labels once, and "# EOF" comes last; that is the
 * caller's care.
 */
#ifndef BASE_EXPOSITION_H
#define BASE_EXPOSITION_H

#include "base/span.h"
#include "base/str.h"

#define EXPOSITION_LABEL_CHARS 512 /* of a label's value; then an ellipsis */

/* type: "gauge" or "counter" (whose samples end in _total); unit: the name's suffix, or NULL. */
void exposition_family(
    struct str *out, const char *name, const char *type, const char *unit, const char *help);

/* before: "{" for the first label, "," for the others. The value is made clean and escaped. */
void exposition_label(struct str *out, const char *name, const char *value, const char *before);

/* NaN and infinities have words of their own. */
void exposition_number(struct str *out, double v);

double exposition_time(instant t); /* seconds since 1970 */

#endif
