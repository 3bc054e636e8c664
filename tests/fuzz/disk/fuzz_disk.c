/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text that the disk probe reads. The first byte says as which of them.
 */
#include "probes/disk/mounts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new((size_t)256 << 20);
	const char *text = size > 0 ? arena_textn(a, (const char *)data + 1, size - 1) : "";
	struct disk_volumes v;
	struct mounts m;

	switch (size > 0 ? data[0] % 3 : 0) {
	case 0:
		mounts_parse(text, a, &m);
		if (m.n > MOUNTS_MAX)
			abort();
		mounts_of(&m, "/srv/my data/x");
		break;
	case 1:
		mounts_meant_read_only(text, "/old");
		break;
	default:
		if (!mounts_measured(text, a, &v))
			break;
		for (size_t i = 0; i < v.n; i++)
			if (!(v.v[i].available >= 0 && v.v[i].available <= v.v[i].size) ||
			    v.v[i].path[0] != '/')
				abort();
	}
	arena_free(a);
	return 0;
}
