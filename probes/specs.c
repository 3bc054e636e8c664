/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of the faces of all probes, from probes.def.
 */
#include "probes/specs.h"

#include <string.h>

#define PROBE(name) extern const struct probe_spec name##_spec;
#include "probes/probes.def"
#undef PROBE

const struct probe_spec *const probe_specs[] = {
#define PROBE(name) &name##_spec,
#include "probes/probes.def"
#undef PROBE
	NULL,
};

_Static_assert(sizeof(probe_specs) / sizeof(probe_specs[0]) - 1 <= PROBE_KINDS_MAX,
    "more kinds of check in probes/probes.def than PROBE_KINDS_MAX of probes/specs.h");

const struct probe_spec *
probe_find(const char *name)
{
	for (size_t i = 0; probe_specs[i] != NULL; i++)
		if (strcmp(probe_specs[i]->name, name) == 0)
			return probe_specs[i];
	return strcmp(name, BUILTIN_CHECK) == 0 ? &builtin_spec : NULL;
}
