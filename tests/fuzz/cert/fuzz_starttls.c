/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/cert/starttls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct starttls s;

	for (unsigned k = START_SMTP; k < START_N; k++) {
		starttls_init(&s, k, "a.example");
		for (size_t i = 0; i < size; i++) {
			enum starttls_next n = starttls_feed(&s, (const char *)data + i, 1);

			if (n == STARTTLS_READY || n == STARTTLS_FAILED)
				break;
		}
	}
	return 0;
}
