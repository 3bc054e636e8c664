/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/cert/resolve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct question {
	struct question *next;
	char host[256], port[8];
	struct resolved answer;
};

struct resolver {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct question *asked, *answered;
	unsigned threads, idle;
	bool closed;
	int fd;
};

static void
ask_system(struct question *q)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
	struct addrinfo *list = NULL;

	q->answer.error = getaddrinfo(q->host, q->port, &hints, &list);
	if (q->answer.error != 0)
		return;
	for (struct addrinfo *ai = list; ai != NULL && q->answer.n < ADDRESSES_MAX;
	     ai = ai->ai_next) {
		struct address *to = &q->answer.addr[q->answer.n];

		if (ai->ai_addrlen > sizeof(to->sa))
			continue;
		memcpy(&to->sa, ai->ai_addr, ai->ai_addrlen);
		to->len = ai->ai_addrlen;
		q->answer.n++;
	}
	freeaddrinfo(list);
}

static void
free_list(struct question *q)
{
	while (q != NULL) {
		struct question *next = q->next;

		free(q);
		q = next;
	}
}

/* With the lock held; gives it up. */
static void
release(struct resolver *r)
{
	bool last = r->closed && r->threads == 0;

	pthread_mutex_unlock(&r->lock);
	if (!last)
		return;
	free_list(r->asked);
	free_list(r->answered);
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
		struct question *q = r->asked;

		if (q == NULL) {
			r->idle++;
			pthread_cond_wait(&r->more, &r->lock);
			r->idle--;
			continue;
		}
		r->asked = q->next;
		pthread_mutex_unlock(&r->lock);
		ask_system(q);
		pthread_mutex_lock(&r->lock);
		q->next = r->answered;
		r->answered = q;
		eventfd_write(r->fd, 1);
	}
	r->threads--;
	release(r);
	return NULL;
}

struct resolver *
resolver_new(void)
{
	struct resolver *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->fd < 0) {
		free(r);
		return NULL;
	}
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->more, NULL);
	return r;
}

int
resolver_fd(const struct resolver *r)
{
	return r->fd;
}

static void
start_thread(struct resolver *r)
{
	pthread_attr_t attr;
	pthread_t t;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, 256 * 1024);
	if (pthread_create(&t, &attr, work, r) == 0)
		r->threads++;
	pthread_attr_destroy(&attr);
}

bool
resolver_ask(struct resolver *r, size_t owner, const char *host, const char *port)
{
	struct question *q = calloc(1, sizeof(*q)), **end;
	bool able;

	if (q == NULL)
		return false;
	snprintf(q->host, sizeof(q->host), "%s", host);
	snprintf(q->port, sizeof(q->port), "%s", port);
	q->answer.owner = owner;
	pthread_mutex_lock(&r->lock);
	for (end = &r->asked; *end != NULL; end = &(*end)->next)
		;
	*end = q;
	if (r->idle == 0 && r->threads < RESOLVE_THREADS)
		start_thread(r);
	able = r->threads > 0;
	if (!able)
		r->asked = NULL;
	pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
	if (!able)
		free(q);
	return able;
}

bool
resolver_take(struct resolver *r, struct resolved *out)
{
	struct question *q;
	eventfd_t n;

	pthread_mutex_lock(&r->lock);
	q = r->answered;
	if (q != NULL)
		r->answered = q->next;
	else
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
	release(r);
}

bool
resolve_address(const char *host, const char *port, struct address *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&out->sa;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->sa;
	in_port_t number = htons((uint16_t)strtoul(port, NULL, 10));

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = number;
		out->len = sizeof(*v4);
		return true;
	}
	if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = number;
		out->len = sizeof(*v6);
		return true;
	}
	return false;
}
