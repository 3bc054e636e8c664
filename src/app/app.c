/* SPDX-License-Identifier: Apache-2.0
 *
 * What the calls share: the kinds there are, and how a configured check becomes a run.
 */
#include "app/cmd.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>

#define KINDS_MAX 64

int
cmd_usage(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "forewarn: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, " (see forewarn --help)\n");
	return EX_USAGE;
}

const struct conf_kind *
app_kinds(void)
{
	static struct conf_kind kinds[KINDS_MAX];

	for (size_t i = 0; probe_specs[i] != NULL && i < KINDS_MAX - 1; i++)
		kinds[i] = (struct conf_kind){ probe_specs[i]->name, probe_specs[i]->opts,
			probe_specs[i]->conf_size, probe_specs[i]->check };
	return kinds;
}

const struct conf_kind *
app_sink_kinds(void)
{
	static struct conf_kind kinds[KINDS_MAX];

	for (size_t i = 0; sink_specs[i] != NULL && i < KINDS_MAX - 1; i++)
		kinds[i] = (struct conf_kind){ sink_specs[i]->name, sink_specs[i]->opts,
			sink_specs[i]->conf_size, sink_specs[i]->check };
	return kinds;
}

struct run_spec
app_run_spec(const struct check_conf *k, struct arena *a)
{
	const struct probe_spec *s = probe_find(k->probe);
	span valid = k->every < SPAN_MAX / 4 ? 2 * k->every + k->timeout : SPAN_MAX;

	return (struct run_spec){
		.check = k->id,
		.probe = s->name,
		.program = app_worker(s->name, a),
		.opts = s->opts,
		.conf = k->options,
		.rules = s->rules,
		.wants_state = (s->needs & NEED_STATE) != 0,
		.timeout = k->timeout,
		.valid_for = valid,
	};
}
