/* SPDX-License-Identifier: Apache-2.0
 *
 * specs: the faces of all sinks there are.
 */
#ifndef SINKS_SPECS_H
#define SINKS_SPECS_H

#include "sinks/sink.h"

/* Kinds of sink that there may be: one more does not compile. */
#ifndef SINK_KINDS_MAX
#define SINK_KINDS_MAX 64
#endif

extern const struct sink_spec *const sink_specs[]; /* ends with NULL */

const struct sink_spec *sink_find(const char *name); /* NULL if there is none */

#endif
