/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of the work of all sinks, from sinks.def.
 */
#include "sinks/senders.h"

#include <string.h>

#define FACE(name)
#define SINK(name) extern const struct sink_work name##_work;
#include "sinks/sinks.def"
#undef SINK

static const struct sink_work *const senders[] = {
#define SINK(name) &name##_work,
#include "sinks/sinks.def"
#undef SINK
#undef FACE
	NULL,
};

const struct sink_work *
sink_work_find(const char *name)
{
	for (size_t i = 0; senders[i] != NULL; i++)
		if (strcmp(senders[i]->spec->name, name) == 0)
			return senders[i];
	return NULL;
}
