/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/works.h"

#include <string.h>

#define FACE(name)
#define SINK(name) extern const struct sink_work name##_work;
#include "sinks/sinks.def"
#undef SINK

static const struct sink_work *const works[] = {
#define SINK(name) &name##_work,
#include "sinks/sinks.def"
#undef SINK
#undef FACE
	NULL,
};

const struct sink_work *
sink_work_find(const char *name)
{
	for (size_t i = 0; works[i] != NULL; i++)
		if (strcmp(works[i]->spec->name, name) == 0)
			return works[i];
	return NULL;
}
