/* SPDX-License-Identifier: Apache-2.0
 *
 * A user's template. What the check lets through fills to JSON of at most BODY_MAX bytes with the
 * worst event there is.
 */
#include "base/json_check.h"
#include "tell/body_template.h"
#include "tests/events.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct body_terms t = { .topic = "t" };
	char *text = malloc(size + 1);
	struct err e = { 0 };
	struct event v;
	struct str out;

	if (text == NULL)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (template_check("own", text, &e) == 0) {
		events_make(&v, EVENT_RAISED, "hostile");
		v.nmetrics = v.nevidence = 2;
		str_init(&out, 2 * BODY_MAX);
		if (template_fill(TEMPLATE_DISCORD, text, &t, &v, &out, &e) < 0 ||
		    out.len > BODY_MAX || json_check(out.s, out.len, &e) < 0)
			abort();
		str_fini(&out);
	}
	free(text);
	return 0;
}
