/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns `forewarn check`: the checks are run here, judged and printed.
 */
#include "cli/cmd.h"
#include "cli/configured.h"
#include "cli/page.h"
#include "cli/print.h"
#include "face/options.h"
#include "face/places.h"
#include "judge/judge.h"
#include "kinds/kinds.h"
#include "probes/specs.h"
#include "show/report.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define ARENA_MAX ((size_t)2 << 30)
#define PARALLEL 16
#define PROGRESS_AFTER SPAN_S

struct check_args {
	const char *conf;
	struct print_how how;
	instant at; /* INSTANT_NONE: now */
	char **ids;
	int nids;
};

/* 0: go on; otherwise *code is the exit code. */
static int
parse_args(int argc, char **argv, struct check_args *args, int *code)
{
	const struct call *call = face_of("forewarn", "check");
	char forms[128];
	struct err e;
	int o, f;

	*args = (struct check_args){ .at = INSTANT_NONE };
	while ((o = face_next(call, argc, argv)) != -1) {
		switch (o) {
		case 'c':
			args->conf = optarg;
			break;
		case 'f':
			if ((f = print_find_format(optarg)) < 0) {
				*code = cmd_usage("--format %s: %s", optarg,
				    face_words(call, 'f', forms, sizeof(forms)));
				return -1;
			}
			args->how.format = (enum print_format)f;
			break;
		case 'o':
			args->how.output = optarg;
			break;
		case 't':
			if (instant_parse(optarg, &args->at, &e) < 0) {
				*code = cmd_usage("--at: %s", e.msg);
				return -1;
			}
			break;
		case 'a':
			args->how.all = true;
			break;
		case 's':
			setenv("FOREWARN_STATE_DIR", optarg, 1);
			break;
		case 'h':
			*code = face_help(call);
			return -1;
		default:
			*code = EX_USAGE;
			return -1;
		}
	}
	args->ids = argv + optind;
	args->nids = argc - optind;
	return 0;
}

/* The checks asked for, in the order of the configuration; -1 when an id is not there. */
static long
choose(const struct conf *c, const struct check_args *args, const struct check_conf **chosen)
{
	long n = 0;

	for (int i = 0; i < args->nids; i++)
		if (conf_check(c, args->ids[i]) == NULL) {
			cmd_usage("there is no check \"%s\" in the configuration", args->ids[i]);
			return -1;
		}
	for (size_t i = 0; i < c->nchecks; i++) {
		bool wanted = args->nids == 0;

		for (int k = 0; k < args->nids; k++)
			wanted = wanted || strcmp(args->ids[k], c->checks[i].id) == 0;
		if (wanted)
			chosen[n++] = &c->checks[i];
	}
	return n;
}

static void
progress(void *self, size_t done, size_t n, span elapsed)
{
	bool *shown = self;
	char buf[SPAN_TEXT];

	if (elapsed < PROGRESS_AFTER)
		return;
	fprintf(stderr, "\r\033[Kchecking: %zu of %zu done, %s", done, n, span_words(elapsed, buf));
	*shown = true;
}

static volatile sig_atomic_t stop_signal;

static void
on_signal(int number)
{
	stop_signal = number;
}

static void
stop_on(void (*handler)(int))
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction now, action = { .sa_handler = handler };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		/* what our starter ignores (nohup) stays ignored */
		if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
}

/* What was started is gone when Ctrl-C gives the prompt back. */
static void
run(const struct conf *c, const struct check_conf **chosen, size_t n, struct arena *a,
    struct result *results)
{
	struct run_spec *specs = arena_array(a, n, sizeof(*specs));
	const struct fence *fence = kinds_fence(c, a);
	bool shown = false;
	struct runner r = {
		.clk = clk_system(),
		.state_dir = place_state_dir(a),
		.parallel = PARALLEL,
		.progress = isatty(STDERR_FILENO) ? progress : NULL,
		.self = &shown,
		.stop = &stop_signal,
	};

	for (size_t i = 0; i < n; i++)
		specs[i] = kinds_run_spec(chosen[i], fence, a);
	stop_on(on_signal);
	runner_run(&r, specs, n, a, results);
	stop_on(SIG_DFL);
	if (shown)
		fputs("\r\033[K", stderr);
	if (stop_signal != 0)
		raise(stop_signal);
}

static const char *
name_of(const struct conf *c, const char *id)
{
	const struct person_conf *p = id != NULL ? conf_person(c, id) : NULL;

	return p != NULL ? p->name : NULL;
}

static void
judge_all(const struct conf *c, const struct check_conf **chosen, size_t n, instant now,
    struct result *results, struct report_check *shown)
{
	for (size_t i = 0; i < n; i++) {
		const struct check_conf *k = chosen[i];
		const struct judge_terms terms = { .lead = k->lead, .auto_renew = k->auto_renew };

		judge_result(&results[i], probe_find(k->probe)->rules, &terms, now);
		shown[i] = (struct report_check){
			.result = &results[i],
			.title = k->title,
			.owner = k->owner,
			.secondary = k->secondary,
			.owner_name = name_of(c, k->owner),
			.secondary_name = name_of(c, k->secondary),
		};
	}
}

static int
show(const struct report *r, instant made, const struct print_how *how, struct arena *a)
{
	struct page page;

	if (how->format == PRINT_HTML)
		page_make(r, made, NULL, how->all, a, &page);
	return print_report(r, &page, how);
}

static int
check(const struct conf *c, const struct check_args *args)
{
	struct arena *a = arena_new(ARENA_MAX);
	const struct check_conf **chosen = arena_array(a, c->nchecks + 1, sizeof(*chosen));
	long n = choose(c, args, chosen);
	struct report_check *shown;
	struct result *results;
	char host[256] = "?";
	int code = EX_USAGE;

	if (n >= 0) {
		instant made = clk_system()->wall(clk_system());
		instant now = args->at != INSTANT_NONE ? args->at : made;

		results = arena_array(a, (size_t)n + 1, sizeof(*results));
		shown = arena_array(a, (size_t)n + 1, sizeof(*shown));
		run(c, chosen, (size_t)n, a, results);
		judge_all(c, chosen, (size_t)n, now, results, shown);
		gethostname(host, sizeof(host) - 1);
		code = show(&(struct report){ .site = c->site,
				.host = host,
				.now = now,
				.checks = shown,
				.nchecks = (size_t)n,
				.by_hand = args->at != INSTANT_NONE },
		    made, &args->how, a);
	}
	arena_free(a);
	return code;
}

int
cmd_check(int argc, char **argv)
{
	struct check_args args;
	struct conf *c;
	int code;

	if (parse_args(argc, argv, &args, &code) < 0)
		return code;
	c = configured(args.conf, &code);
	if (c == NULL)
		return code;
	code = check(c, &args);
	conf_free(c);
	return code;
}
