/* SPDX-License-Identifier: Apache-2.0
 *
 * logrotate's configuration and its notes, of any bytes: what is kept lies within the limits, and
 * each line that is told of is one of the text.
 */
#include "probes/audit/rotate_conf.h"
#include "probes/audit/rotate_status.h"

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hold(const struct rotate_conf *c, unsigned lines)
{
	if (c->nrules > ROTATE_RULES_MAX || c->nnames > ROTATE_NAMES_MAX || c->unclear.line > lines)
		abort();
	for (size_t i = 0; i < c->nrules; i++) {
		const struct rotate_rule *r = &c->rules[i];

		if (r->nnames == 0 || r->at.line > lines || r->terms.kept_at.line > lines ||
		    r->terms.every_at.line > lines || r->terms.kept < -1)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct arena *a = arena_new((size_t)256 << 20);
	struct rotate_conf c;
	unsigned lines = 1;
	instant at;

	for (size_t i = 0; i < size; i++)
		lines += text[i] == '\n';
	rotate_begin(&c, a);
	rotate_read(&c, "conf", text, size);
	hold(&c, lines);
	rotate_find(&c, "/var/log/prometheus/prometheus.log");
	if (rotate_status_find(text, size, "/var/log/a b.log", &at) &&
	    !rotate_status_is(text, size))
		abort();
	arena_free(a);
	return 0;
}
