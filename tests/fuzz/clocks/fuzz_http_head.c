/* SPDX-License-Identifier: Apache-2.0
 *
 * The head of a web server's answer, and every line of it as a date.
 */
#include "probes/clocks/http_head.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct http_head h;
	enum http_fault f = http_head_parse(text, size, &h);
	int64_t date;

	if (f == HTTP_OK && (h.len == 0 || h.len > size || h.len > HTTP_HEAD_MAX || h.date < 0 ||
				h.date / 9214646400 > 0))
		abort();
	if (f == HTTP_MORE && size >= HTTP_HEAD_MAX)
		abort();
	for (size_t at = 0; at < size;) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t n = end != NULL ? (size_t)(end - text) - at : size - at;

		if (http_date_parse(text + at, n, &date) && (date < 0 || date > 9214646400))
			abort();
		at += n + 1;
	}
	return 0;
}
