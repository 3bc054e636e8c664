/* SPDX-License-Identifier: Apache-2.0
 *
 * Every text of an event is what a hostile server, log or label says; in every format the body is
 * in bounds, and JSON where it should be. The first byte chooses the kind.
 */
#include "base/json_check.h"
#include "tell/body.h"
#include "tests/events.h"

#include <stdint.h>
#include <stdlib.h>

#define TEXT_MAX 4000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct body_terms t = { .topic = "t",
		.template_name = "own",
		.template_text = "{\"a\":\"{{details}}{{title:40}}\",\"n\":{{sequence}}}" };
	char text[TEXT_MAX + 1];
	const char *type;
	struct event v;
	size_t n;

	if (size < 1)
		return 0;
	n = size - 1 < TEXT_MAX ? size - 1 : TEXT_MAX;
	memcpy(text, data + 1, n);
	text[n] = '\0';
	events_make(&v, (enum event_kind)(data[0] % EVENT_KINDS), data[0] & 0x80 ? "bare" : "rich");
	events_all_text(&v, text);
	v.nmetrics = v.nevidence = 4;
	for (size_t f = 0; body_formats[f] != NULL; f++) {
		struct err e = { 0 };
		struct str out;

		if (!body_carries(body_formats[f], v.kind))
			continue;
		str_init(&out, BODY_MAX);
		if (body_write(body_formats[f], &t, &v, &out, &type, &e) < 0)
			abort();
		if (strcmp(body_formats[f], "text") != 0 && json_check(out.s, out.len, &e) < 0)
			abort();
		str_fini(&out);
	}
	return 0;
}
