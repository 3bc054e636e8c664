/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the threads that ask for authenticated time: what each found is handed over when it is done.
 */
#include "probes/clock/nts.h"

#include "session.h"

#include "probes/clock/ticks.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MAX 16
#define STACK_SIZE ((size_t)512 << 10)

struct nts_run {
	struct session_terms terms;
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t less;
	size_t n, next, left;
	struct session v[];
};

static void *
work(void *arg)
{
	struct nts_run *run = arg;

	pthread_mutex_lock(&run->lock);
	while (run->next < run->n) {
		size_t i = run->next++;
		/* on a copy: whoever waits may read the place before this thread is done */
		struct session one = { .server = { .where = run->v[i].server.where } };

		pthread_mutex_unlock(&run->lock);
		session(&one, &run->terms);
		pthread_mutex_lock(&run->lock);
		run->v[i] = one;
		run->left--;
		pthread_cond_signal(&run->less);
	}
	pthread_mutex_unlock(&run->lock);
	return NULL;
}

static int
start_threads(struct nts_run *run)
{
	pthread_attr_t attr;
	pthread_t thread;
	int rc = pthread_attr_init(&attr);

	if (rc != 0)
		return rc;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (size_t i = 0; rc == 0 && i < run->n && i < THREADS_MAX; i++)
		rc = pthread_create(&thread, &attr, work, run);
	pthread_attr_destroy(&attr);
	return rc;
}

static void
init_lock(struct nts_run *run)
{
	pthread_condattr_t mono;

	pthread_mutex_init(&run->lock, NULL);
	pthread_condattr_init(&mono);
	pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
	pthread_cond_init(&run->less, &mono);
	pthread_condattr_destroy(&mono);
}

struct nts_run *
nts_start(const struct ask_plan *plan, const char *trust, const struct ask_server *servers,
    size_t n, struct err *e)
{
	struct nts_run *run = calloc(1, sizeof(*run) + n * sizeof(run->v[0]));
	int rc;

	if (run == NULL) {
		err_set(e, ERR_LIMIT, "no memory for %zu servers", n);
		return NULL;
	}
	signal(SIGPIPE, SIG_IGN); /* a connection that broke is an error of its own, not our end */
	run->terms = (struct session_terms){ .family = plan->family,
		.samples = plan->samples,
		.precision = ticks_precision(),
		.until = plan->deadline };
	for (size_t i = 0; i < n; i++)
		if (servers[i].where.nts)
			run->v[run->n++].server.where = servers[i].where;
	run->left = run->n;
	init_lock(run);
	run->terms.tls = session_context(trust, e);
	if (run->terms.tls == NULL)
		return NULL;
	rc = start_threads(run);
	if (rc == 0)
		return run;
	errno = rc;
	err_sys(e, "cannot ask for authenticated time");
	return NULL;
}

/* Into the arena: what a session has belongs to the run. */
static void
hand_over(const struct session *s, const struct ask_plan *plan, struct ask_server *to)
{
	struct arena *a = plan->arena;
	struct nts_seen *seen = arena_alloc(a, sizeof(*seen));

	to->state = ASK_DONE;
	to->nrequests = s->server.nrequests;
	to->nsamples = s->server.nsamples;
	to->fault = s->server.fault;
	to->net_error = s->server.net_error;
	to->best = s->server.best;
	to->best_delay = s->server.best_delay;
	to->root = s->server.root;
	memcpy(to->kiss, s->server.kiss, sizeof(to->kiss));
	to->addresses = arena_array(a, 1, sizeof(*to->addresses));
	to->addresses[0] = s->address;
	to->naddresses = s->seen.reached;
	to->samples = arena_array(a, CLOCK_SAMPLES_MAX, sizeof(*to->samples));
	memcpy(to->samples, s->samples, sizeof(s->samples));
	*seen = s->seen;
	to->nts = seen;
}

void
nts_wait(struct nts_run *run, const struct ask_plan *plan, struct ask_server *servers, size_t n)
{
	struct timespec until = { plan->deadline / NS_S, plan->deadline % NS_S };
	size_t k = 0;

	pthread_mutex_lock(&run->lock);
	while (run->left > 0 && pthread_cond_timedwait(&run->less, &run->lock, &until) == 0)
		;
	for (size_t i = 0; i < n; i++)
		if (servers[i].where.nts && run->v[k++].done)
			hand_over(&run->v[k - 1], plan, &servers[i]);
	pthread_mutex_unlock(&run->lock);
}
