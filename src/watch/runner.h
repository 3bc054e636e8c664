/* SPDX-License-Identifier: Apache-2.0
 *
 * runner: runs checks, each in a worker of its own, several at once. A worker that crashes, hangs,
 * ends early, floods or answers nonsense is one UNKNOWN item with the reason and delays nothing
 * else. Knows no kind of probe.
 */
#ifndef WATCH_RUNNER_H
#define WATCH_RUNNER_H

#include "base/clk.h"
#include "base/fence.h"
#include "conf/schema.h"
#include "model/handed.h"
#include "model/result.h"
#include "model/rule.h"

#include <signal.h>

#define RUN_ITEMS_MAX 200000              /* items in one result */
#define RUN_BYTES_MAX ((size_t)256 << 20) /* bytes of one result on the wire */
#define RUN_REST (200 * SPAN_MS)          /* what a worker gets to say that time is up */
#define RUN_STDERR_MAX 240                /* bytes kept of what it said to stderr */

/* All borrowed until runner_run returns. */
struct run_spec {
	const char *check, *probe; /* id; kind */
	const char *program;       /* the worker's path */
	const struct opt *opts;
	const void *conf;
	const struct rule *rules;
	bool wants_state;
	const struct handed *handed; /* what its worker gets besides; NULL: nothing */
	const struct fence *fence;
	span timeout;   /* after it the worker and its children are killed */
	span valid_for; /* how long the result may be believed */
};

struct runner {
	struct clk *clk;
	const char *state_dir; /* the checks' folders are made in it when one is wanted; "": none */
	size_t parallel;       /* workers at once, 1 to 64 */
	/* Called about ten times a second while it runs; may be NULL. */
	void (*progress)(void *self, size_t done, size_t n, span elapsed);
	void *self;
	/* Set by a signal handler: all workers and what they left are killed, and runner_run
	 * returns with results that mean nothing. May be NULL. */
	const volatile sig_atomic_t *stop;
};

/* Blocks. out has n places; text and items lie in the arena. Levels are not judged. */
void runner_run(const struct runner *r, const struct run_spec *specs, size_t n, struct arena *a,
    struct result *out);

#endif
