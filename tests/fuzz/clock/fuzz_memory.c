/* SPDX-License-Identifier: Apache-2.0
 *
 * What a clock check noted at earlier looks, as somebody who can write its folder may leave it:
 * what is taken keeps its limits.
 */
#include "probes/clock/memory.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)4 << 20);
	struct memory m = { .kept = true };
	const char *fault = memory_unpack(data, size, &m, a);

	if (fault == NULL && (m.nevents > MEMORY_EVENTS_MAX || m.npoints > MEMORY_POINTS_MAX ||
				 m.nrefusals > MEMORY_REFUSALS_MAX || m.last.zone == NULL))
		abort();
	if (fault != NULL && (m.nevents != 0 || m.npoints != 0 || m.nrefusals != 0))
		abort();
	arena_free(a);
	return 0;
}
