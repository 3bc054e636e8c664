/* SPDX-License-Identifier: Apache-2.0
 *
 * A file's name of any bytes: the first bit says whether numbers count.
 */
#include "probes/audit/dated.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *name;
	struct dated d;

	if (size < 1)
		return 0;
	name = malloc(size);
	if (name == NULL)
		return 0;
	memcpy(name, data + 1, size - 1);
	name[size - 1] = '\0';
	if (dated_name(name, data[0] & 1, &d) && strlen(d.series) > strlen(name))
		abort();
	free(name);
	return 0;
}
