/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns running apt-get, which only simulates: it takes no lock and writes nothing.
 */
#include "look.h"

#include "base/file.h"
#include "cell/program.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

#define APT "/usr/bin/apt-get"
#define REPORT_TIME (100 * SPAN_MS) /* kept back to tell that it was late */

static const char *const usual[] = { APT, "-s", "-o", "APT::Get::Show-User-Simulation-Note=0",
	"dist-upgrade" };
/* what the first leaves out: held by a person, or by a rollout in steps */
static const char *const all[] = { APT, "-s", "-o", "APT::Get::Show-User-Simulation-Note=0", "-o",
	"APT::Get::Always-Include-Phased-Updates=1", "--ignore-hold", "dist-upgrade" };

static const char *
how_it_ended(const struct program_run *r, struct arena *a)
{
	const char *said = program_last_words(r, a);

	if (r->late)
		return "apt-get did not end in time";
	if (!WIFEXITED(r->status) || WEXITSTATUS(r->status) != 0)
		return arena_printf(a, "apt-get did not end well%s%.200s", said != NULL ? ": " : "",
		    said != NULL ? said : "");
	return r->cut ? "apt-get said more than is read" : NULL;
}

/* NULL, or why its output is not there. */
static const char *
run(const struct probe_ctx *ctx, const char *const *argv, size_t n, struct apt_output *out)
{
	/* it checks the signature of each list in a copy, and of all folders for that this one is
	 * least likely to hold a file that is kept from cells */
	const char *tmp = "TMPDIR=/var/tmp";
	const struct texts command = { (const char **)(uintptr_t)argv, n },
			   environment = { &tmp, 1 };
	const struct program p = { .command = &command,
		.environment = &environment,
		.input = "",
		.output_max = PATCHES_OUTPUT_MAX };
	struct program_run r;
	struct err e = { 0 };
	const char *why;
	char *text;

	probe_note(ctx, "asking apt-get what it would install");
	if (program_start(&r, &p, ctx->arena, &e) < 0)
		return arena_printf(ctx->arena, "apt-get cannot be started: %s", e.msg);
	program_wait(&r, ctx->clk, ctx->deadline - REPORT_TIME);
	why = how_it_ended(&r, ctx->arena);
	if (why != NULL)
		return why;
	text = arena_textn(ctx->arena, r.text, r.len);
	for (size_t i = 0; i < r.len; i++)
		if (text[i] == '\0')
			text[i] = ' ';
	apt_parse(text, ctx->arena, out);
	return NULL;
}

static const char *
saved(const struct probe_ctx *ctx, const char *path, struct apt_output *out)
{
	struct err e = { 0 };
	char *text;
	size_t n;

	if (file_read(AT_FDCWD, path, FILE_FOLLOW, PATCHES_OUTPUT_MAX, ctx->arena, &text, &n, &e) <
	    0)
		return arena_printf(ctx->arena, "%s: %s", path, e.msg);
	apt_parse(text, ctx->arena, out);
	return NULL;
}

/* Only what is understood to its end counts: without lists apt-get says "0 upgraded" as well, which
 * look_lists finds. */
static const char *
understood(const struct apt_output *o, struct arena *a)
{
	if (o->error != NULL)
		return arena_printf(a, "apt-get says: %.200s", o->error);
	if (!o->whole || o->bad > 0 || o->surplus > 0)
		return "what apt-get says is not understood";
	return NULL;
}

void
look_simulate(const struct probe_ctx *ctx, const struct patches_conf *c, struct look *l)
{
	l->no_apt = c->simulation != NULL
			? saved(ctx, c->simulation, &l->apt)
			: run(ctx, usual, sizeof(usual) / sizeof(usual[0]), &l->apt);
	if (l->no_apt == NULL)
		l->no_apt = understood(&l->apt, ctx->arena);
	if (l->no_apt != NULL || (l->apt.kept_back.n == 0 && l->apt.phased.n == 0))
		return;
	if (c->simulation_all != NULL)
		l->no_all = saved(ctx, c->simulation_all, &l->all);
	else if (c->simulation != NULL)
		l->no_all = "no simulation_all is named";
	else
		l->no_all = run(ctx, all, sizeof(all) / sizeof(all[0]), &l->all);
	if (l->no_all == NULL)
		l->no_all = understood(&l->all, ctx->arena);
}
