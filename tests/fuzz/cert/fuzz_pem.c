/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/x509/pem.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);
	struct pem_block b;
	struct pem p;

	if (copy == NULL)
		return 0;
	memcpy(copy, data, size);
	pem_init(&p, copy, size);
	while (pem_next(&p, &b) != PEM_END)
		if (b.kind == PEM_CERTIFICATE && b.der.len > size)
			abort();
	free(copy);
	return 0;
}
