/* SPDX-License-Identifier: Apache-2.0
 *
 * Header lines of an answer, as libcurl hands them over, and what comes of them.
 */
#include "sinks/webhook/reply.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reply r = { .status = 503, .now = 0, .date = INSTANT_NONE };
	struct answer w;
	const char *p = (const char *)data;

	while (size > 0) {
		const char *end = memchr(p, '\n', size);
		size_t n = end != NULL ? (size_t)(end - p) + 1 : size;

		reply_header(&r, p, n);
		p += n;
		size -= n;
	}
	reply_meaning(&r, &w);
	if (w.retry_after < 0 || w.retry_after > RETRY_AFTER_MAX)
		abort();
	return 0;
}
