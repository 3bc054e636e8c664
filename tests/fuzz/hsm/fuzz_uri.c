/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/hsm/spec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct err e;

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	hsm_uri_check(text, &e);
	hsm_environment_check(text, &e);
	free(text);
	return 0;
}
