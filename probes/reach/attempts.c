/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the threads that ask, and the table that each writes its own line of.
 */
#include "attempts.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define STACK_SIZE ((size_t)512 << 10)
#define NS 1000000000LL

/* Outlives the call where a thread never returns. */
struct table {
	struct attempt_terms terms;
	pthread_mutex_t lock; /* over `left` and the lines */
	pthread_cond_t less;
	size_t n, left;
	struct line {
		struct table *all;
		struct attempt a;
	} v[ATTEMPTS_MAX];
};

static void *
work(void *arg)
{
	struct line *mine = arg;
	/* on a copy: whoever waits may read the line before this thread is done */
	struct attempt one = { .target = mine->a.target, .resolver = mine->a.resolver };

	attempt(&one, &mine->all->terms);
	pthread_mutex_lock(&mine->all->lock);
	mine->a = one;
	mine->all->left--;
	pthread_cond_signal(&mine->all->less);
	pthread_mutex_unlock(&mine->all->lock);
	return NULL;
}

static int
start_all(struct table *t)
{
	pthread_attr_t attr;
	pthread_t thread;
	int rc = pthread_attr_init(&attr);

	if (rc != 0)
		return rc;
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (size_t i = 0; rc == 0 && i < t->n; i++)
		rc = pthread_create(&thread, &attr, work, &t->v[i]);
	pthread_attr_destroy(&attr);
	return rc;
}

static struct table *
table_new(const struct attempt_terms *terms, const struct attempt *v, size_t n)
{
	struct table *t = calloc(1, sizeof(*t));
	pthread_condattr_t mono;

	if (t == NULL)
		return NULL;
	t->terms = *terms;
	t->n = t->left = n < ATTEMPTS_MAX ? n : ATTEMPTS_MAX;
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&mono);
	pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
	pthread_cond_init(&t->less, &mono);
	pthread_condattr_destroy(&mono);
	for (size_t i = 0; i < t->n; i++)
		t->v[i] = (struct line){ t, { .target = v[i].target, .resolver = v[i].resolver } };
	return t;
}

int
attempts(const struct attempt_terms *terms, struct attempt *v, size_t n, struct err *e)
{
	struct timespec until = { terms->until / NS, terms->until % NS };
	struct table *t = table_new(terms, v, n);
	int rc;

	if (t == NULL)
		return err_set(e, ERR_LIMIT, "no memory for %zu places", n);
	rc = start_all(t);
	if (rc != 0) {
		errno = rc;
		return err_sys(e, "cannot ask all places at once");
	}
	pthread_mutex_lock(&t->lock);
	while (t->left > 0 && pthread_cond_timedwait(&t->less, &t->lock, &until) == 0)
		;
	for (size_t i = 0; i < t->n; i++)
		v[i] = t->v[i].a;
	rc = t->left == 0;
	pthread_mutex_unlock(&t->lock);
	if (rc != 0)
		free(t);
	return 0;
}
