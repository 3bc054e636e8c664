/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names that wait, the answers that wait, and the threads between them.
 */
#include "probes/net/resolve.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define STACK_SIZE ((size_t)256 << 10)

struct question {
	struct question *next;
	char name[NET_NAME_MAX + 1], port[8];
	struct resolved answer;
};

/* First in, first out. */
struct line {
	struct question *first, **end;
	size_t n;
};

struct resolver {
	struct resolver_terms terms;
	pthread_mutex_t lock; /* over all below */
	pthread_cond_t more;
	struct line asked, answered;
	unsigned threads, idle;
	bool closed;
	int fd; /* eventfd(2): readable while answers wait */
};

static void
line_init(struct line *l)
{
	*l = (struct line){ .first = NULL, .end = &l->first };
}

static void
line_put(struct line *l, struct question *q)
{
	q->next = NULL;
	*l->end = q;
	l->end = &q->next;
	l->n++;
}

static struct question *
line_take(struct line *l)
{
	struct question *q = l->first;

	if (q == NULL)
		return NULL;
	l->first = q->next;
	if (l->first == NULL)
		l->end = &l->first;
	l->n--;
	return q;
}

void
resolve_now(const struct resolver_terms *t, const char *name, const char *port, struct resolved *to)
{
	struct addrinfo hints = {
		.ai_family = t->family, .ai_socktype = t->socktype, .ai_flags = AI_NUMERICSERV
	};
	struct addrinfo *list = NULL;

	to->error = getaddrinfo(name, port, &hints, &list);
	if (to->error != 0)
		return;
	for (struct addrinfo *ai = list; ai != NULL && to->n < NET_ADDRESSES_MAX;
	     ai = ai->ai_next) {
		if (ai->ai_addrlen > sizeof(to->v[0].u) ||
		    (ai->ai_family != AF_INET && ai->ai_family != AF_INET6))
			continue;
		memcpy(&to->v[to->n].u, ai->ai_addr, ai->ai_addrlen);
		to->v[to->n++].len = ai->ai_addrlen;
	}
	freeaddrinfo(list);
}

/* The last one out frees it. Called with the lock held; gives it back. */
static void
leave(struct resolver *r)
{
	bool last = r->closed && r->threads == 0;
	struct question *q;

	pthread_mutex_unlock(&r->lock);
	if (!last)
		return;
	while ((q = line_take(&r->asked)) != NULL || (q = line_take(&r->answered)) != NULL)
		free(q);
	close(r->fd);
	pthread_cond_destroy(&r->more);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static void *
work(void *arg)
{
	struct resolver *r = arg;

	pthread_mutex_lock(&r->lock);
	while (!r->closed) {
		struct question *q = line_take(&r->asked);

		if (q == NULL) {
			r->idle++;
			pthread_cond_wait(&r->more, &r->lock);
			r->idle--;
			continue;
		}
		pthread_mutex_unlock(&r->lock);
		resolve_now(&r->terms, q->name, q->port, &q->answer);
		pthread_mutex_lock(&r->lock);
		line_put(&r->answered, q);
		eventfd_write(r->fd, 1);
	}
	r->threads--;
	leave(r);
	return NULL;
}

struct resolver *
resolver_new(const struct resolver_terms *t)
{
	struct resolver *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->terms = *t;
	r->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->fd < 0) {
		free(r);
		return NULL;
	}
	line_init(&r->asked);
	line_init(&r->answered);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->more, NULL);
	return r;
}

int
resolver_fd(const struct resolver *r)
{
	return r->fd;
}

/* 0, or why there is no thread more. */
static int
start_thread(struct resolver *r)
{
	pthread_attr_t attr;
	pthread_t t;
	int error;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	error = pthread_create(&t, &attr, work, r);
	if (error == 0)
		r->threads++;
	pthread_attr_destroy(&attr);
	return error;
}

bool
resolver_ask(struct resolver *r, size_t owner, const char *name, uint16_t port)
{
	struct question *q = calloc(1, sizeof(*q));
	int error = 0;
	bool able;

	if (q == NULL)
		return false;
	snprintf(q->name, sizeof(q->name), "%s", name);
	snprintf(q->port, sizeof(q->port), "%u", port);
	q->answer.owner = owner;
	pthread_mutex_lock(&r->lock);
	/* an idle thread that was called takes its name a moment later: until then the name waits
	 */
	if (r->idle <= r->asked.n && r->threads < r->terms.threads)
		error = start_thread(r);
	able = r->threads > 0;
	if (able)
		line_put(&r->asked, q);
	pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
	if (!able) {
		free(q);
		errno = error;
	}
	return able;
}

bool
resolver_take(struct resolver *r, struct resolved *out)
{
	struct question *q;
	eventfd_t n;

	pthread_mutex_lock(&r->lock);
	q = line_take(&r->answered);
	if (q == NULL)
		eventfd_read(r->fd, &n);
	pthread_mutex_unlock(&r->lock);
	if (q == NULL)
		return false;
	*out = q->answer;
	free(q);
	return true;
}

void
resolver_close(struct resolver *r)
{
	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	r->closed = true;
	pthread_cond_broadcast(&r->more);
	leave(r);
}
