/* SPDX-License-Identifier: Apache-2.0 */
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

const struct sink_spec *
sink_find(const char *name)
{
	for (size_t i = 0; sink_specs[i] != NULL; i++)
		if (strcmp(sink_specs[i]->name, name) == 0)
			return sink_specs[i];
	return NULL;
}
