/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the two lists of kinds, made once from the faces of the probes and of the sinks.
 */
#include "kinds/kinds.h"
#include "face/places.h"
#include "probes/specs.h"
#include "sinks/specs.h"

const struct conf_kind *
kinds_checks(void)
{
	static struct conf_kind kinds[PROBE_KINDS_MAX + 1];

	for (size_t i = 0; probe_specs[i] != NULL; i++)
		kinds[i] = (struct conf_kind){ probe_specs[i]->name, probe_specs[i]->opts,
			probe_specs[i]->conf_size, probe_specs[i]->check };
	return kinds;
}

const struct conf_kind *
kinds_sinks(void)
{
	static struct conf_kind kinds[SINK_KINDS_MAX + 1];

	for (size_t i = 0; sink_specs[i] != NULL; i++)
		kinds[i] = (struct conf_kind){ sink_specs[i]->name, sink_specs[i]->opts,
			sink_specs[i]->conf_size, sink_specs[i]->check };
	return kinds;
}

struct run_spec
kinds_run_spec(const struct check_conf *k, struct arena *a)
{
	const struct probe_spec *s = probe_find(k->probe);
	span valid = k->every < SPAN_MAX / 4 ? 2 * k->every + k->timeout : SPAN_MAX;

	return (struct run_spec){
		.check = k->id,
		.probe = s->name,
		.program = place_worker(s->name, a),
		.opts = s->opts,
		.conf = k->options,
		.rules = s->rules,
		.wants_state = (s->needs & NEED_STATE) != 0,
		.timeout = k->timeout,
		.valid_for = valid,
	};
}
