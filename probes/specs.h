/* SPDX-License-Identifier: Apache-2.0
 *
 * specs: the faces of all probes there are.
 */
#ifndef PROBES_SPECS_H
#define PROBES_SPECS_H

#include "conf/conf.h"
#include "probes/probe.h"

/* Kinds of check that there may be: one more does not compile. */
#ifndef PROBE_KINDS_MAX
#define PROBE_KINDS_MAX 64
#endif

extern const struct probe_spec *const probe_specs[]; /* ends with NULL */

/* The check that forewarnd makes of itself, and its kind: always there, in no list, not configured.
 */
#define BUILTIN_CHECK CONF_ID_OWN
extern const struct probe_spec builtin_spec;

/* The built-in one too. */
const struct probe_spec *probe_find(const char *name); /* NULL if there is none */

#endif
