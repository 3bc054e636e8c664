/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns asking systemd.
 */
#include "ask.h"

#include "base/file.h"
#include "cell/program.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#define REPORT_TIME (100 * SPAN_MS) /* kept back to tell that it was late */

#define PROPERTIES                                                                                 \
	"--property=Id,Names,LoadState,ActiveState,SubState,UnitFileState,Result,"                 \
	"ExecMainExitTimestamp,InactiveEnterTimestamp,LastTriggerUSec,Unit,Triggers"

static const char *const command[] = { "/usr/bin/systemctl", "show", "--no-pager", PROPERTIES,
	"--" };
#define COMMAND_WORDS (sizeof(command) / sizeof(command[0]))

struct names {
	const char *v[COMMAND_WORDS + SERVICES_UNITS_MAX];
	size_t n;
};

static void
add(struct names *list, const char *name)
{
	for (size_t i = COMMAND_WORDS; i < list->n; i++)
		if (strcmp(list->v[i], name) == 0)
			return;
	if (list->n < COMMAND_WORDS + SERVICES_UNITS_MAX)
		list->v[list->n++] = name;
}

static const char *
run(const struct probe_ctx *ctx, struct names *list, struct units *out)
{
	const struct texts argv = { list->v, list->n };
	const char *zone = "TZ=UTC";
	const struct texts environment = { &zone, 1 };
	const struct program p = { .command = &argv,
		.environment = &environment,
		.input = "",
		.output_max = SERVICES_OUTPUT_MAX };
	struct program_run r;
	struct err e = { 0 };
	const char *said;

	probe_note(ctx, "asking systemd");
	if (program_start(&r, &p, ctx->arena, &e) < 0)
		return arena_printf(ctx->arena, "systemctl cannot be started: %s", e.msg);
	program_wait(&r, ctx->clk, ctx->deadline - REPORT_TIME);
	said = program_last_words(&r, ctx->arena);
	if (r.late)
		return "systemd did not answer in time";
	if (!WIFEXITED(r.status) || WEXITSTATUS(r.status) != 0)
		return arena_printf(ctx->arena, "systemd did not answer%s%.200s",
		    said != NULL ? ": " : "", said != NULL ? said : "");
	if (r.cut || memchr(r.text, '\0', r.len) != NULL)
		return "what systemd says is not understood";
	units_parse(arena_textn(ctx->arena, r.text, r.len), ctx->arena, out);
	return NULL;
}

static void
all_names(const struct services_conf *c, struct arena *a, struct names *list)
{
	struct services_job job;

	memcpy(list->v, command, sizeof(command));
	list->n = COMMAND_WORDS;
	for (size_t i = 0; i < c->running.n; i++) {
		struct texts units = services_units(c->running.v[i], a);

		for (size_t k = 0; k < units.n; k++)
			add(list, units.v[k]);
	}
	for (size_t i = 0; i < c->timers.n; i++)
		if (services_job(c->timers.v[i], a, &job, &(struct err){ 0 }) == 0)
			add(list, job.name);
}

/* What the timers start, which they name themselves. */
static void
started_names(const struct units *known, struct names *list)
{
	memcpy(list->v, command, sizeof(command));
	list->n = COMMAND_WORDS;
	for (size_t i = 0; i < known->n; i++)
		if (known->v[i].triggers[0] != '\0' && strchr(known->v[i].triggers, ' ') == NULL &&
		    units_find(known, known->v[i].triggers) == NULL)
			add(list, known->v[i].triggers);
}

static const char *
saved(const struct probe_ctx *ctx, const char *path, struct units *out)
{
	struct err e = { 0 };
	char *text;
	size_t n;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, SERVICES_OUTPUT_MAX, ctx->arena, &text, &n, &e) <
	    0)
		return arena_printf(ctx->arena, "%s: %s", path, e.msg);
	units_parse(text, ctx->arena, out);
	return NULL;
}

const char *
ask_units(const struct probe_ctx *ctx, const struct services_conf *c, struct units *out)
{
	struct names *list = arena_alloc(ctx->arena, sizeof(*list));
	const char *why;

	*out = (struct units){ .n = 0 };
	all_names(c, ctx->arena, list);
	if (list->n == COMMAND_WORDS)
		return NULL;
	why = c->units != NULL ? saved(ctx, c->units, out) : run(ctx, list, out);
	if (why == NULL && c->units == NULL) {
		started_names(out, list);
		if (list->n > COMMAND_WORDS)
			why = run(ctx, list, out);
	}
	if (why == NULL && (out->n == 0 || out->bad > 0))
		why = "what systemd says is not understood";
	return why;
}
