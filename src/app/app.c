/* SPDX-License-Identifier: Apache-2.0
 *
 * What the calls share: where things are, and how a configured check becomes a run.
 */
#include "app/cmd.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

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

static const char *
xdg(struct arena *a, const char *variable, const char *below_home, const char *name)
{
	const char *base = getenv(variable), *home = getenv("HOME");

	if (base != NULL && base[0] == '/')
		return arena_printf(a, "%s/forewarn%s", base, name);
	return arena_printf(a, "%s/%s/forewarn%s", home != NULL ? home : "", below_home, name);
}

const char *
app_state_dir(struct arena *a)
{
	const char *given = getenv("FOREWARN_STATE_DIR");

	if (given != NULL && given[0] != '\0')
		return arena_text(a, given);
	if (geteuid() == 0)
		return "/var/lib/forewarn";
	return xdg(a, "XDG_STATE_HOME", ".local/state", "");
}

const char *
app_socket_path(struct arena *a)
{
	const char *given = getenv("FOREWARN_SOCKET"), *system = "/run/forewarn/control";
	const char *runtime = getenv("XDG_RUNTIME_DIR");
	const char *unit = getenv("RUNTIME_DIRECTORY"); /* systemd.exec(5) */

	if (given != NULL && given[0] != '\0')
		return arena_text(a, given);
	if (unit != NULL && unit[0] == '/' && strchr(unit, ':') == NULL)
		return arena_printf(a, "%s/control", unit);
	if (geteuid() == 0 || runtime == NULL || runtime[0] != '/' || access(system, F_OK) == 0)
		return system;
	return arena_printf(a, "%s/forewarn/control", runtime);
}

const char *
app_conf_path(struct arena *a)
{
	const char *system = "/etc/forewarn/forewarn.conf", *own;

	if (geteuid() == 0)
		return system;
	own = xdg(a, "XDG_CONFIG_HOME", ".config", "/forewarn.conf");
	return access(own, F_OK) == 0 || access(system, F_OK) < 0 ? own : system;
}

const char *
app_cell(const char *program, struct arena *a)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *beside;
	char *slash;

	if (n > 0) {
		self[n] = '\0';
		slash = strrchr(self, '/');
		beside = arena_printf(a, "%.*s/%s", (int)(slash - self), self, program);
		if (access(beside, X_OK) == 0)
			return beside;
	}
	return arena_printf(a, "%s/%s", FOREWARN_LIBEXECDIR, program);
}

const char *
app_worker(const char *probe, struct arena *a)
{
	return app_cell(arena_printf(a, "probe-%s", probe), a);
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
