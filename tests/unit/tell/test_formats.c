/* SPDX-License-Identifier: Apache-2.0
 *
 * What a configuration may ask for and what the body writers know is the same list.
 */
#include "sinks/specs.h"
#include "tell/body.h"
#include "tests/t.h"

static bool
is_written(const char *name, size_t n)
{
	for (size_t i = 0; body_formats[i] != NULL; i++)
		if (strlen(body_formats[i]) == n && memcmp(body_formats[i], name, n) == 0)
			return true;
	return false;
}

int
main(void)
{
	const struct opt *format = opt_find(sink_find("webhook")->opts, "format");
	size_t offered = 0, written = 0;

	for (const char *p = format->choices; *p != '\0';) {
		size_t n = strcspn(p, "|");

		T_TRUE(p, is_written(p, n));
		offered++;
		p += n + (p[n] == '|');
	}
	while (body_formats[written] != NULL)
		written++;
	T_INT("all but text, which is for mail and syslog, can be asked for", offered, written - 1);
	for (size_t i = 0; sink_specs[i] != NULL; i++) {
		const struct sink_spec *s = sink_specs[i];
		struct arena *a = arena_new((size_t)1 << 20);
		void *conf = arena_alloc(a, s->conf_size);
		struct sink_body b;

		opts_defaults(s->opts, conf, a);
		b = s->body(conf);
		T_INT(s->name, b.format != NULL, s->needs != 0);
		if (b.format != NULL)
			T_TRUE(s->name, is_written(b.format, strlen(b.format)));
		arena_free(a);
	}
	return t_end();
}
