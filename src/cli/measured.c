/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns how the checks of a configuration are run for a call, and what comes of them.
 */
#include "cli/measured.h"

#include "cli/cmd.h"
#include "base/clk.h"
#include "face/places.h"
#include "judge/judge.h"
#include "kinds/kinds.h"
#include "probes/specs.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PARALLEL 16
#define PROGRESS_AFTER SPAN_S
#define HOST_MAX 256

/* The checks asked for, in the order of the configuration; -1 when an id is not there. */
static long
choose(const struct conf *c, const struct measured_what *what, const struct check_conf **chosen)
{
	long n = 0;

	for (int i = 0; i < what->nids; i++)
		if (conf_check(c, what->ids[i]) == NULL) {
			cmd_usage("there is no check \"%s\" in the configuration", what->ids[i]);
			return -1;
		}
	for (size_t i = 0; i < c->nchecks; i++) {
		bool wanted = what->nids == 0;

		for (int k = 0; k < what->nids; k++)
			wanted = wanted || strcmp(what->ids[k], c->checks[i].id) == 0;
		if (wanted && (what->wanted == NULL || what->wanted(&c->checks[i])))
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
run(const struct conf *c, const struct check_conf **chosen, size_t n,
    const struct measured_what *what, struct arena *a, struct result *results)
{
	struct run_spec *specs = arena_array(a, n, sizeof(*specs));
	const struct fence *fence = kinds_fence(c, a);
	bool shown = false;
	struct runner r = {
		.clk = clk_system(),
		.state_dir = what->forget ? "" : place_state_dir(a),
		.parallel = PARALLEL,
		.progress = isatty(STDERR_FILENO) ? progress : NULL,
		.self = &shown,
		.stop = &stop_signal,
	};

	for (size_t i = 0; i < n; i++) {
		specs[i] = kinds_run_spec(chosen[i], fence, a);
		specs[i].handed = what->handed;
	}
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

int
measured_report(
    const struct conf *c, const struct measured_what *what, struct arena *a, struct report *out)
{
	const struct check_conf **chosen = arena_array(a, c->nchecks + 1, sizeof(*chosen));
	bool by_hand = what->at != INSTANT_NONE;
	instant now = by_hand ? what->at : clk_system()->wall(clk_system());
	char *host = arena_alloc(a, HOST_MAX);
	long n = choose(c, what, chosen);
	struct report_check *shown;
	struct result *results;

	if (n < 0)
		return -1;
	results = arena_array(a, (size_t)n + 1, sizeof(*results));
	shown = arena_array(a, (size_t)n + 1, sizeof(*shown));
	run(c, chosen, (size_t)n, what, a, results);
	judge_all(c, chosen, (size_t)n, now, results, shown);
	snprintf(host, HOST_MAX, "?");
	gethostname(host, HOST_MAX - 1);
	*out = (struct report){ .site = c->site,
		.host = host,
		.now = now,
		.checks = shown,
		.nchecks = (size_t)n,
		.by_hand = by_hand };
	return 0;
}
