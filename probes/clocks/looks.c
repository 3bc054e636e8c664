/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the threads that ask, and the table that each writes its own line of.
 */
#include "looks.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#define STACK_SIZE ((size_t)512 << 10)
#define NS 1000000000LL

struct looks {
	struct look_terms terms;
	pthread_mutex_t lock; /* over `left` and the lines */
	pthread_cond_t less;
	size_t n, left;
	struct asked {
		struct looks *all;
		struct look line;
	} v[];
};

static void *
work(void *arg)
{
	struct asked *mine = arg;
	struct looks *all = mine->all;
	/* on a copy: whoever waits may read the line before this thread is done */
	struct look one = { .target = mine->line.target };

	look(&one, &all->terms);
	pthread_mutex_lock(&all->lock);
	mine->line = one;
	all->left--;
	pthread_cond_signal(&all->less);
	pthread_mutex_unlock(&all->lock);
	return NULL;
}

static int
start_all(struct looks *l)
{
	pthread_attr_t attr;
	pthread_t thread;
	int rc = pthread_attr_init(&attr);

	if (rc != 0)
		return rc;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (size_t i = 0; rc == 0 && i < l->n; i++)
		rc = pthread_create(&thread, &attr, work, &l->v[i]);
	pthread_attr_destroy(&attr);
	return rc;
}

struct looks *
looks_start(
    const struct look_terms *t, const struct clocks_target *targets, size_t n, struct err *e)
{
	struct looks *l = calloc(1, sizeof(*l) + n * sizeof(l->v[0]));
	pthread_condattr_t mono;
	int rc;

	if (l == NULL) {
		err_set(e, ERR_LIMIT, "no memory for %zu machines", n);
		return NULL;
	}
	l->terms = *t;
	l->n = l->left = n;
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&mono);
	pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
	pthread_cond_init(&l->less, &mono);
	pthread_condattr_destroy(&mono);
	for (size_t i = 0; i < n; i++) {
		l->v[i].all = l;
		l->v[i].line.target = &targets[i];
	}
	rc = start_all(l);
	if (rc == 0)
		return l;
	/* those that run use it: it stays until the process ends */
	errno = rc;
	err_sys(e, "cannot ask all machines at once");
	return NULL;
}

void
looks_wait(struct looks *l, struct look *out)
{
	struct timespec until = { l->terms.until / NS, l->terms.until % NS };
	bool all;

	pthread_mutex_lock(&l->lock);
	while (l->left > 0 && pthread_cond_timedwait(&l->less, &l->lock, &until) == 0)
		;
	for (size_t i = 0; i < l->n; i++)
		out[i] = l->v[i].line;
	all = l->left == 0;
	pthread_mutex_unlock(&l->lock);
	if (all)
		free(l);
}
