/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of the faces of all sinks, from sinks.def.
 */
#include "sinks/specs.h"

#include <string.h>

#define SINK(name) extern const struct sink_spec name##_sink;
#define FACE(name) SINK(name)
#include "sinks/sinks.def"
#undef SINK

const struct sink_spec *const sink_specs[] = {
#define SINK(name) &name##_sink,
#include "sinks/sinks.def"
#undef SINK
#undef FACE
	NULL,
};

_Static_assert(sizeof(sink_specs) / sizeof(sink_specs[0]) - 1 <= SINK_KINDS_MAX,
    "more kinds of sink in src/sinks/sinks.def than SINK_KINDS_MAX of src/sinks/specs.h");

const struct sink_spec *
sink_find(const char *name)
{
	for (size_t i = 0; sink_specs[i] != NULL; i++)
		if (strcmp(sink_specs[i]->name, name) == 0)
			return sink_specs[i];
	return NULL;
}
