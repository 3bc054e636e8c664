/* SPDX-License-Identifier: Apache-2.0 */
#include "resolve.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define THREADS_MAX 16
#define STACK_SIZE ((size_t)256 << 10)

struct resolver {
	pthread_mutex_t lock;
	size_t n, next; /* names; the next one to look up */
	size_t ndone, taken;
	size_t users; /* threads, and the one who started it */
	bool stop;
	int family, fds[2];
	struct clock_server *servers;
	struct names *names;
	size_t *done; /* places, in the order they became known */
};

/* "fe80::1%eth0": the address and the number of its link; 0 is no such link. */
static bool
numeric_scoped(const char *name, struct sockaddr_in6 *v6)
{
	const char *percent = strchr(name, '%');
	char text[INET6_ADDRSTRLEN];
	size_t n = percent == NULL ? strlen(name) : (size_t)(percent - name);

	if (n >= sizeof(text))
		return false;
	memcpy(text, name, n);
	text[n] = '\0';
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) != 1)
		return false;
	if (percent != NULL)
		v6->sin6_scope_id = if_nametoindex(percent + 1);
	return true;
}

bool
resolve_numeric(const struct clock_server *s, struct address *out)
{
	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, s->name, &out->u.v4.sin_addr) == 1) {
		out->u.v4.sin_family = AF_INET;
		out->u.v4.sin_port = htons(s->port);
		out->len = sizeof(out->u.v4);
		return true;
	}
	memset(out, 0, sizeof(*out));
	if (!numeric_scoped(s->name, &out->u.v6))
		return false;
	out->u.v6.sin6_family = AF_INET6;
	out->u.v6.sin6_port = htons(s->port);
	out->len = sizeof(out->u.v6);
	return true;
}

bool
address_is_loopback(const struct address *a)
{
	if (a->u.sa.sa_family == AF_INET)
		return ntohl(a->u.v4.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&a->u.v6.sin6_addr);
}

bool
address_same(const struct address *a, const struct address *b)
{
	if (a->u.sa.sa_family != b->u.sa.sa_family)
		return false;
	if (a->u.sa.sa_family == AF_INET)
		return a->u.v4.sin_port == b->u.v4.sin_port &&
		       a->u.v4.sin_addr.s_addr == b->u.v4.sin_addr.s_addr;
	return a->u.v6.sin6_port == b->u.v6.sin6_port &&
	       a->u.v6.sin6_scope_id == b->u.v6.sin6_scope_id &&
	       memcmp(&a->u.v6.sin6_addr, &b->u.v6.sin6_addr, sizeof(a->u.v6.sin6_addr)) == 0;
}

const char *
address_text(const struct address *a, char buf[ADDRESS_TEXT])
{
	char text[INET6_ADDRSTRLEN] = "?";

	if (a->u.sa.sa_family == AF_INET) {
		inet_ntop(AF_INET, &a->u.v4.sin_addr, text, sizeof(text));
		snprintf(buf, ADDRESS_TEXT, "%s:%u", text, ntohs(a->u.v4.sin_port));
	} else {
		inet_ntop(AF_INET6, &a->u.v6.sin6_addr, text, sizeof(text));
		snprintf(buf, ADDRESS_TEXT, "[%s]:%u", text, ntohs(a->u.v6.sin6_port));
	}
	return buf;
}

static void
look_up(const struct clock_server *s, int family, struct names *out)
{
	struct addrinfo hints = { .ai_family = family, .ai_socktype = SOCK_DGRAM }, *list = NULL;
	char port[8];

	snprintf(port, sizeof(port), "%u", s->port);
	out->error = getaddrinfo(s->name, port, &hints, &list);
	if (out->error != 0)
		return;
	for (struct addrinfo *ai = list; ai != NULL && out->n < ADDRESSES_MAX; ai = ai->ai_next) {
		if (ai->ai_addrlen > sizeof(out->v[0].u) ||
		    (ai->ai_family != AF_INET && ai->ai_family != AF_INET6))
			continue;
		memcpy(&out->v[out->n].u, ai->ai_addr, ai->ai_addrlen);
		out->v[out->n++].len = ai->ai_addrlen;
	}
	freeaddrinfo(list);
	if (out->n == 0)
		out->error = EAI_NONAME;
}

/* The last user frees it. Called with the lock held; gives it back. */
static void
leave(struct resolver *r)
{
	bool last = --r->users == 0;

	pthread_mutex_unlock(&r->lock);
	if (!last)
		return;
	close(r->fds[0]);
	close(r->fds[1]);
	pthread_mutex_destroy(&r->lock);
	free(r->servers);
	free(r->names);
	free(r->done);
	free(r);
}

static void *
work(void *arg)
{
	struct resolver *r = arg;

	pthread_mutex_lock(&r->lock);
	while (!r->stop && r->next < r->n) {
		size_t i = r->next++;
		ssize_t w;

		pthread_mutex_unlock(&r->lock);
		look_up(&r->servers[i], r->family, &r->names[i]);
		pthread_mutex_lock(&r->lock);
		r->done[r->ndone++] = i;
		/* A full pipe is readable already: nothing is lost. */
		w = write(r->fds[1], "", 1);
		(void)w;
	}
	leave(r);
	return NULL;
}

static int
start_threads(struct resolver *r)
{
	pthread_attr_t attr;
	size_t want = r->n < THREADS_MAX ? r->n : THREADS_MAX, started = 0;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < want; i++) {
		pthread_t t;

		if (pthread_create(&t, &attr, work, r) != 0)
			break;
		r->users++;
		started++;
	}
	pthread_mutex_unlock(&r->lock);
	pthread_attr_destroy(&attr);
	return started > 0 ? 0 : -1;
}

struct resolver *
resolver_start(const struct clock_server *servers, size_t n, int family, struct err *e)
{
	struct resolver *r = calloc(1, sizeof(*r));

	if (r == NULL) {
		err_set(e, ERR_LIMIT, "no memory to look up names");
		return NULL;
	}
	pthread_mutex_init(&r->lock, NULL);
	r->n = n;
	r->family = family;
	r->users = 1;
	r->fds[0] = r->fds[1] = -1;
	r->servers = calloc(n, sizeof(*r->servers));
	r->names = calloc(n, sizeof(*r->names));
	r->done = calloc(n, sizeof(*r->done));
	if (r->servers != NULL && r->names != NULL && r->done != NULL &&
	    pipe2(r->fds, O_CLOEXEC | O_NONBLOCK) == 0) {
		memcpy(r->servers, servers, n * sizeof(*servers));
		if (start_threads(r) == 0)
			return r;
	}
	err_sys(e, "cannot start looking up names");
	resolver_stop(r);
	return NULL;
}

int
resolver_fd(const struct resolver *r)
{
	return r->fds[0];
}

long
resolver_take(struct resolver *r, struct names *out)
{
	char sink[64];
	long place = -1;

	pthread_mutex_lock(&r->lock);
	if (r->taken < r->ndone) {
		place = (long)r->done[r->taken++];
		*out = r->names[place];
	}
	if (r->taken == r->ndone)
		while (read(r->fds[0], sink, sizeof(sink)) > 0)
			;
	pthread_mutex_unlock(&r->lock);
	return place;
}

void
resolver_stop(struct resolver *r)
{
	pthread_mutex_lock(&r->lock);
	r->stop = true;
	leave(r);
}
