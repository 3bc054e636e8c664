/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"
#include "watch/runner.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct toy_conf {
	const char *mode, *arg;
};

static const struct fence no_fence = { NULL, false };

static const struct opt opts[] = { OPT(struct toy_conf, mode, OPT_TEXT, .help = "m"),
	OPT(struct toy_conf, arg, OPT_TEXT, .help = "a"), OPT_END };

static const struct rule rules[] = {
	{ .name = "x.y", .title = "t", .by = BY_FINDING },
	{ .name = NULL },
};

static char worker[PATH_MAX];

static const struct {
	const char *mode, *want;
} cases[] = {
	{ "good", "fine" },
	{ "hang", "Could not check: no answer within 400ms during C_Initialize of /x.so" },
	{ "orphan", "fine" },
	{ "crash", "The check crashed (signal 11, Segmentation fault)" },
	{ "early", "The check ended early (exit code 0) without a result" },
	{ "flood", "The check was stopped: it sent more than" },
	{ "stderr", "Could not check: no answer within 400ms" },
	{ "garbage", "The check was stopped: it sent a frame of 4294967295 bytes" },
	{ "kind", "The check answered nonsense: a message of kind 77" },
	{ "rule", "The check answered nonsense: an item of the unknown rule" },
	{ "count", "The check answered nonsense: 1 items came, 2 were counted" },
	{ "more", "The check answered nonsense: more came after the end" },
	{ "nothing", "The check found nothing to look at" },
	{ "linger", "fine" },
	{ "fds", "Could not check: clean" },
};

#define N (sizeof(cases) / sizeof(cases[0]))

static bool
gone(const char *pid_file)
{
	FILE *f = fopen(pid_file, "r");
	int pid = 0;
	bool is_gone = false;

	if (f != NULL) {
		is_gone = fscanf(f, "%d", &pid) == 1 && kill(pid, 0) < 0;
		fclose(f);
	}
	return is_gone;
}

/* All at once: what one does must not touch another. */
static void
misbehaviour(void)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct run_spec specs[N];
	struct toy_conf confs[N];
	struct result results[N];
	struct runner r = { .clk = clk_system(), .state_dir = "/nowhere", .parallel = N };
	span started = r.clk->mono(r.clk);

	for (size_t i = 0; i < N; i++) {
		confs[i] = (struct toy_conf){ cases[i].mode, cases[i].mode };
		specs[i] = (struct run_spec){ .fence = &no_fence,
			.check = cases[i].mode,
			.probe = "x",
			.program = worker,
			.opts = opts,
			.conf = &confs[i],
			.rules = rules,
			.timeout =
			    strstr(cases[i].want, "400ms") != NULL ? 400 * SPAN_MS : 60 * SPAN_S,
			.valid_for = SPAN_MIN };
	}
	runner_run(&r, specs, N, a, results);
	for (size_t i = 0; i < N; i++) {
		T_INT(cases[i].mode, results[i].nitems, 1);
		T_HAS(cases[i].mode, results[i].items[0].summary, cases[i].want);
		T_INT(cases[i].mode, results[i].items[0].state,
		    strcmp(cases[i].want, "fine") == 0 ? ITEM_FINE : ITEM_UNKNOWN);
	}
	T_TRUE("nothing waited for the worst", r.clk->mono(r.clk) - started < 60 * SPAN_S);
	T_TRUE("what a hanging worker started is gone", gone("hang"));
	T_TRUE("what an ended worker left behind is gone", gone("orphan"));
	arena_free(a);
}

static void
no_program(void)
{
	struct arena *a = arena_new(1 << 20);
	struct toy_conf conf = { "good", "" };
	struct run_spec spec = { .fence = &no_fence,
		.check = "c",
		.probe = "x",
		.program = "/no/such/worker",
		.opts = opts,
		.conf = &conf,
		.rules = rules,
		.timeout = SPAN_S };
	struct runner r = { .clk = clk_system(), .state_dir = "/proc/nowhere", .parallel = 1 };
	struct result result;

	runner_run(&r, &spec, 1, a, &result);
	T_HAS("a worker that is not there", result.items[0].summary, "could not be started");
	T_TEXT("under the rule of runs", result.items[0].rule, "x.run");
	spec.program = worker;
	spec.wants_state = true;
	runner_run(&r, &spec, 1, a, &result);
	T_HAS("a state folder that cannot be made", result.items[0].summary, "its state folder");
	arena_free(a);
}

/* Its job is more than a socket holds, and it is gone before it has read any of it. */
static void
no_job(void)
{
	struct arena *a = arena_new((size_t)8 << 20);
	char here[PATH_MAX - 16], program[PATH_MAX], *arg = arena_alloc(a, FRAME_MAX);
	struct toy_conf conf = { "deaf", arg };
	struct run_spec spec = { .fence = &no_fence,
		.check = "c",
		.probe = "x",
		.program = program,
		.opts = opts,
		.conf = &conf,
		.rules = rules,
		.timeout = SPAN_MIN };
	struct runner r = { .clk = clk_system(), .state_dir = "/nowhere", .parallel = 1 };
	struct result result;
	FILE *f = fopen("deaf", "w");

	memset(arg, 'x', FRAME_MAX - 1000);
	signal(SIGPIPE, SIG_IGN);
	if (f == NULL || fputs("#!/bin/sh\nexit 5\n", f) < 0 || fclose(f) != 0 ||
	    chmod("deaf", 0755) < 0 || getcwd(here, sizeof(here)) == NULL)
		abort();
	snprintf(program, sizeof(program), "%s/deaf", here);
	runner_run(&r, &spec, 1, a, &result);
	T_HAS("a worker that did not get its job", result.items[0].summary,
	    "The check ended early (exit code 5) without a result, for it was not told what to do: "
	    "sending a frame: ");
	arena_free(a);
}

int
main(void)
{
	char dir[] = "/tmp/test_runner.XXXXXX", clean_up[64], self[PATH_MAX - 64];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n < 0 || mkdtemp(dir) == NULL || chdir(dir) < 0)
		abort();
	self[n] = '\0';
	*strstr(self, "/tests/unit/") = '\0';
	snprintf(worker, sizeof(worker), "%s/tests/tools/bad_worker", self);
	misbehaviour();
	no_program();
	no_job();
	snprintf(clean_up, sizeof(clean_up), "rm -rf %s", dir); /* and nobody else's */
	if (chdir("/") < 0 || system(clean_up) != 0)
		abort();
	return t_end();
}
