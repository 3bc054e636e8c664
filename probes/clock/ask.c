/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the loop: names are looked up, requests leave, answers are taken, until all are done.
 */
#include "ask.h"

#include "asker.h"
#include "nts.h"
#include "group.h"
#include "refusals.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#define RESOLVE_THREADS 16
#define WINDOW_MIN 4
#define WINDOW_MAX 16
#define WINDOW_SERVERS 64 /* one more in flight for so many servers */

_Static_assert(CLOCK_NAME_MAX <= NET_NAME_MAX, "a configured name can be looked up");

/* Server i has its addresses: room for what will be asked, and off it goes. */
static void
begin(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];

	s->cap = a->plan->samples + ASKER_FAILURES_MAX + s->naddresses - 1;
	s->requests = arena_array(a->plan->arena, s->cap, sizeof(*s->requests));
	s->samples = arena_array(a->plan->arena, a->plan->samples, sizeof(*s->samples));
	if (a->plan->memory != NULL)
		s->held = refusal_of(a->plan->memory, &s->addresses[0], ticks_wall());
	if (s->held == NULL) {
		asker_ready(a, i);
		return;
	}
	snprintf(s->kiss, sizeof(s->kiss), "%s", s->held->code);
	asker_done(a, i);
}

/* Server i asks that member of its name. */
static void
begin_member(struct asker *a, size_t i, const struct group_member *m)
{
	struct ask_server *s = &a->servers[i];

	s->addresses = arena_array(a->plan->arena, m->n, sizeof(*s->addresses));
	memcpy(s->addresses, m->v, m->n * sizeof(*s->addresses));
	s->naddresses = m->n;
	begin(a, i);
}

/* A name that leads to n addresses: the first member takes the place of the name. */
static void
begin_group(struct asker *a, size_t head, const struct net_address *v, size_t n)
{
	struct group_member members[GROUP_MAX];
	size_t m = group_split(v, n, members), last = head;

	begin_member(a, head, &members[0]);
	for (size_t k = 1; k < m && a->n < a->room; k++) {
		size_t i = a->n++;

		a->left++;
		a->servers[i] = (struct ask_server){ .where = a->servers[head].where,
			.configured = a->servers[head].configured,
			.member = k };
		a->servers[last].next_member = i;
		last = i;
		begin_member(a, i, &members[k]);
	}
}

static void
take_names(struct asker *a)
{
	struct resolved got;

	while (resolver_take(a->resolver, &got)) {
		struct ask_server *s = &a->servers[got.owner];

		s->lookup_error = got.error == 0 && got.n == 0 ? EAI_NONAME : got.error;
		if (s->lookup_error != 0) {
			asker_done(a, got.owner);
			continue;
		}
		begin_group(a, got.owner, got.v, got.n);
	}
}

static int
look_up(struct asker *a, size_t i, struct err *e)
{
	const struct resolver_terms terms = { a->plan->family, SOCK_DGRAM, RESOLVE_THREADS };
	const struct clock_server *where = &a->servers[i].where;

	if (a->resolver == NULL)
		a->resolver = resolver_new(&terms);
	if (a->resolver == NULL || !resolver_ask(a->resolver, i, where->name, where->port))
		return err_sys(e, "cannot start looking up names");
	return 0;
}

/* Figures are asked at once; names go to the resolver. */
static int
begin_all(struct asker *a, struct err *e)
{
	for (size_t i = 0; i < a->configured; i++) {
		struct ask_server *s = &a->servers[i];
		struct net_address one;

		s->state = ASK_NAME;
		if (s->where.nts) {
			asker_done(a, i);
		} else if (!net_address_parse(s->where.name, s->where.port, &one)) {
			if (look_up(a, i, e) < 0)
				return -1;
		} else if (a->plan->family != AF_UNSPEC && a->plan->family != one.u.sa.sa_family) {
			s->net_error = EAFNOSUPPORT;
			asker_done(a, i);
		} else {
			s->addresses = arena_array(a->plan->arena, 1, sizeof(one));
			s->addresses[0] = one;
			s->naddresses = 1;
			begin(a, i);
		}
	}
	return 0;
}

static void
wait_for(struct asker *a, span now)
{
	struct pollfd p[3] = { { .fd = a->fds[0], .events = POLLIN },
		{ .fd = a->fds[1], .events = POLLIN },
		{ .fd = a->resolver == NULL ? -1 : resolver_fd(a->resolver), .events = POLLIN } };
	span until = a->next_due < a->plan->deadline ? a->next_due : a->plan->deadline;
	struct timespec t;

	if (a->head != ASKER_NONE && now + ASKER_PACE < until)
		until = now + ASKER_PACE;
	until = until > now ? until - now : 0;
	t = (struct timespec){ until / NS_S, until % NS_S };
	if (ppoll(p, 3, &t, NULL) <= 0)
		return;
	for (int k = 0; k < 2; k++) {
		if (p[k].revents & POLLERR)
			asker_errors(a, p[k].fd);
		/* bounded, so that a flood cannot keep us from our own requests */
		for (int b = 0; (p[k].revents & POLLIN) != 0 && b < 4 && asker_receive(a, p[k].fd);
		     b++)
			;
	}
	if (p[2].revents & POLLIN)
		take_names(a);
}

int
ask_all(const struct ask_plan *plan, struct ask_server *servers, size_t *count, size_t room,
    struct err *e)
{
	size_t n = *count;
	struct asker a = { .plan = plan,
		.servers = servers,
		.n = n,
		.room = room,
		.configured = n,
		.left = n,
		.head = ASKER_NONE,
		.tail = ASKER_NONE,
		.fds = { -1, -1 },
		.next_due = INT64_MAX };
	int r;

	a.window = n / WINDOW_SERVERS;
	a.window = a.window < WINDOW_MIN   ? WINDOW_MIN
		   : a.window > WINDOW_MAX ? WINDOW_MAX
					   : a.window;
	a.precision = ticks_precision();
	ask_table_init(&a.table, n * (plan->samples + 1), plan->arena);
	r = begin_all(&a, e);
	while (r == 0 && a.left > 0) {
		span now = ticks_mono();

		if (now >= plan->deadline)
			break;
		asker_sweep(&a, now);
		asker_send(&a);
		if (a.left > 0)
			wait_for(&a, now);
	}
	*count = a.n;
	for (size_t i = 0; i < a.n; i++)
		servers[i].cut = servers[i].state != ASK_DONE;
	resolver_close(a.resolver);
	for (int k = 0; k < 2; k++)
		if (a.fds[k] >= 0)
			close(a.fds[k]);
	return r;
}

static bool
some_proven(const struct ask_server *servers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (servers[i].where.nts)
			return true;
	return false;
}

int
ask_with_nts(const struct ask_plan *plan, const char *trust, struct ask_server *servers, size_t *n,
    size_t room, struct err *e)
{
	const size_t configured = *n;
	struct nts_run *nts = NULL;

	if (configured == 0)
		return 0;
	if (nts_start != NULL && some_proven(servers, configured) &&
	    (nts = nts_start(plan, trust, servers, configured, e)) == NULL)
		return -1;
	if (ask_all(plan, servers, n, room, e) < 0)
		return -1;
	if (nts != NULL)
		nts_wait(nts, plan, servers, configured);
	return 0;
}
