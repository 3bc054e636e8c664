/* SPDX-License-Identifier: Apache-2.0
 *
 * explain: the findings that a difference between the notes and a file comes to, in words.
 */
#ifndef PROBES_AUDIT_EXPLAIN_H
#define PROBES_AUDIT_EXPLAIN_H

#include "diff.h"
#include "log.h"

/* The option for logs that are trimmed in front. */
#define EXPLAIN_RECORDS "trimmed = \"records\";"
#define EXPLAIN_BYTES "trimmed = \"bytes\";"

/* Notes a finding for each kind of difference in d, as diff_run left it for g and the file `path`.
 * What was taken out or cut off is looked for in the other files of the folder first: this may
 * block. */
void explain_say(struct log *l, const struct segment *g, const char *path, const struct diff *d);

/* The last part of a path. */
const char *explain_name(const char *path);

#endif
