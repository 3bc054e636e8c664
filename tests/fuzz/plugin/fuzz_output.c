/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hostile program prints. Every figure that comes out must be one that the wire takes.
 */
#include "probes/plugin/output.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_range(const struct range *r)
{
	if (r->set && !(r->lo <= r->hi && r->lo < INFINITY && r->hi > -INFINITY))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct plugin_output o;

	output_parse((const char *)data, size, a, &o);
	if (o.nmetrics > OUTPUT_METRICS_MAX || (o.bad > 0) != (o.first_bad != NULL))
		abort();
	if (strlen(o.first) + strlen(o.more) > size || strchr(o.first, '\n') != NULL)
		abort();
	for (size_t i = 0; i < o.nmetrics; i++) {
		const struct metric *m = &o.metrics[i];

		if (m->name[0] == '\0' || strlen(m->name) > OUTPUT_LABEL_MAX || m->unit >= UNIT_N ||
		    m->bound < 0 || isinf(m->value))
			abort();
		check_range(&m->warn);
		check_range(&m->crit);
	}
	arena_free(a);
	return 0;
}
