/* SPDX-License-Identifier: Apache-2.0
 *
 * measure: counts anew what is understood of a log when the options that say how its records are
 * read are not those of the last run, or the notes (of 0.1.0) say nothing of it.
 */
#ifndef PROBES_AUDIT_MEASURE_H
#define PROBES_AUDIT_MEASURE_H

#include "log.h"

#define MEASURE_BYTES ((size_t)1 << 20) /* of what was sealed last; of a packed file, first */

/* After follow (files and segments are matched), before anything is sealed. Reads at most
 * MEASURE_BYTES, and only when the options changed; what cannot be read is left uncounted until
 * the next run. */
void measure_anew(struct log *l, struct regex *regex);

#endif
