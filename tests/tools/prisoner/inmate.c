/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the inside of the cell.
 */
#include "inmate.h"

#include "base/clk.h"
#include "cell/job.h"
#include "cell/program.h"
#include "cell/sandbox.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const struct opt orders_opts[] = { OPT(struct orders, kind, OPT_TEXT),
	OPT(struct orders, act, OPT_TEXT), OPT(struct orders, again, OPT_TEXTS),
	OPT(struct orders, dir, OPT_TEXT), OPT(struct orders, tty, OPT_TEXT),
	OPT(struct orders, warder, OPT_INT), OPT(struct orders, sibling, OPT_INT),
	OPT(struct orders, port, OPT_INT), OPT_END };

const struct act *const act_groups[] = { terminal_acts, file_acts, owner_acts, process_acts,
	limit_acts, socket_acts, kernel_acts, NULL };

const char *
in_prison(const struct prison *p, const char *name)
{
	static char path[4096];

	if (name[0] == '/')
		return name;
	snprintf(path, sizeof(path), "%s/%s", p->dir, name);
	return path;
}

int
reached(long rc)
{
	if (rc >= 0)
		return (int)rc;
	return errno == EPERM || errno == EACCES || errno == ENOSYS ? -1 : 0;
}

/* "allowed", or "refused NAME" with the name of the errno. Static. */
static const char *
try_act(const struct orders *o)
{
	static char said[64];
	const struct prison p = { o->dir, o->tty, o->warder, o->sibling, o->port };

	for (size_t g = 0; act_groups[g] != NULL; g++)
		for (const struct act *a = act_groups[g]; a->name != NULL; a++)
			if (strcmp(a->name, o->act) == 0) {
				if (a->run(&p) >= 0)
					return "allowed";
				snprintf(said, sizeof(said), "refused %s", strerrorname_np(errno));
				return said;
			}
	return "refused no-such-act";
}

/* The options of that kind's cell, as far as they matter to acts. The port is one that nobody
 * listens at: none of an act's. */
static const struct foreign *
foreign_of(const char *kind)
{
	static const char *ports[] = { "127.0.0.1:1" };
	static const struct foreign one_port = { .network = { ports, 1 } };

	return strcmp(kind, HSM_NETWORK) == 0 ? &one_port : NULL;
}

/* The kind whose spec it has: two are one with an option. */
static const char *
spec_of(const char *kind)
{
	return strcmp(kind, HSM_NETWORK) == 0    ? "hsm"
	       : strcmp(kind, CLOCKS_SHARE) == 0 ? "clocks"
						 : kind;
}

bool
needs_of(const char *kind, unsigned *needs)
{
	const struct probe_spec *s = probe_find(spec_of(kind));
	const struct sink_spec *k = sink_find(kind);

	*needs = 0;
	if (strcmp(kind, PARSER) == 0)
		return true;
	if (s == &builtin_spec || (s == NULL && k == NULL))
		return false;
	*needs = (s != NULL ? s->needs : k->needs) | foreign_needs(foreign_of(kind));
	return s != NULL || *needs != 0;
}

static void
answer(const char *text)
{
	(void)!write(CELL_FD, text, strlen(text));
	_exit(0);
}

/* ---- the program that a plug-in's or an exec sink's cell starts */

_Noreturn void
inmate_program(char **argv)
{
	const struct orders o = { .act = argv[0],
		.dir = argv[1],
		.tty = argv[2],
		.warder = atoll(argv[3]),
		.sibling = atoll(argv[4]),
		.port = atoll(argv[5]) };

	puts(try_act(&o));
	fflush(stdout);
	_exit(0);
}

static void
start_program(const struct orders *o)
{
	struct arena *a = arena_new((size_t)1 << 20);
	const struct texts none = { NULL, 0 };
	const struct program p = { .command = &o->again, .environment = &none, .output_max = 256 };
	struct clk *clk = clk_system();
	struct program_run r;
	struct err e = { 0 };
	char text[ERR_TEXT_MAX + 16];

	if (program_start(&r, &p, a, &e) < 0) {
		snprintf(text, sizeof(text), "broken %s", e.msg);
		answer(text);
	}
	program_wait(&r, clk, clk->mono(clk) + ACT_TIME);
	if (WIFSIGNALED(r.status))
		snprintf(text, sizeof(text), "killed %d", WTERMSIG(r.status));
	else if (r.len == 0) /* it became another program */
		snprintf(text, sizeof(text), "%s", r.status == 0 ? "allowed" : "refused EACCES");
	else
		snprintf(text, sizeof(text), "%.*s", (int)strcspn(r.text, "\n"), r.text);
	answer(text);
}

_Noreturn void
inmate(void)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct orders o = { 0 };
	struct job job;
	struct err e = { 0 };
	struct sandbox_terms terms = { .state_fd = -1 };
	struct sandbox_held held;

	if (job_recv(CELL_FD, &job, orders_opts, &o, a, &e) < 0)
		_exit(3);
	terms.fence = job.fence;
	terms.time = ACT_TIME;
	terms.foreign = foreign_of(o.kind);
	terms.pure = strcmp(o.kind, PARSER) == 0;
	if (strcmp(o.kind, CLOCKS_SHARE) == 0)
		sandbox_also_make(
		    arena_text(a, in_prison(&(struct prison){ .dir = o.dir }, "share")));
	if (job.has_state)
		terms.state_fd = STATE_FD;
	if (needs_of(o.kind, &terms.needs) && sandbox_enter(&terms, &held, &e) < 0) {
		char text[ERR_TEXT_MAX + 16];

		snprintf(text, sizeof(text), "unstarted %s", e.msg);
		answer(text);
	}
	if ((terms.needs & NEED_EXEC) != 0)
		start_program(&o);
	answer(try_act(&o));
	_exit(4);
}
