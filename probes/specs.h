/* SPDX-License-Identifier: Apache-2.0
 *
 * specs: the faces of all probes there are.
 */
#ifndef PROBES_SPECS_H
#define PROBES_SPECS_H

#include "probes/probe.h"

extern const struct probe_spec *const probe_specs[]; /* ends with NULL */

const struct probe_spec *probe_find(const char *name); /* NULL if there is none */

#endif
