/* SPDX-License-Identifier: Apache-2.0 */
#include "ask.h"

#include "ask_table.h"

#include <errno.h>
#include <limits.h>
#include <linux/errqueue.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#define WINDOW_MIN 4
#define WINDOW_MAX 16
#define WINDOW_SERVERS 64 /* one more in flight for so many servers */
#define RING 64
#define PACE (5 * SPAN_MS) /* an answer that takes longer holds nobody up */
#define FAILURES_MAX 3
#define WAIT_LOCAL SPAN_S
#define WAIT_FAR (2 * SPAN_S)
#define WAIT_OTHER (300 * SPAN_MS) /* until the next address of the same name is tried */
#define SPACING (2 * SPAN_S)
#define BATCH 16
#define RECEIVE_BUFFER (1 << 20)

struct asker {
	const struct ask_plan *plan;
	struct ask_server *servers;
	size_t n, left;
	int fds[2]; /* IPv4, IPv6; -1: not open */
	struct ask_table table;
	size_t head, tail; /* of the queue; n: empty */
	struct {
		size_t server, request;
	} ring[RING];
	size_t ring_at, ring_n, window, flying;
	span next_due;
	int64_t precision;
	struct resolver *resolver;
	size_t *named; /* place in `servers` of each name that is looked up */
};

int64_t
ask_mono(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
}

static int64_t
wall(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
}

int64_t
ask_precision(void)
{
	int64_t least = 1000000, last = wall();

	for (int i = 0; i < 16; i++) {
		int64_t now = wall();

		if (now > last && now - last < least)
			least = now - last;
		last = now;
	}
	return least;
}

static void
ready(struct asker *a, size_t i)
{
	a->servers[i].state = ASK_READY;
	a->servers[i].next = a->n;
	if (a->head == a->n)
		a->head = i;
	else
		a->servers[a->tail].next = i;
	a->tail = i;
}

static void
later(struct asker *a, size_t i, enum ask_state state, span due)
{
	a->servers[i].state = state;
	a->servers[i].due = due;
	if (due < a->next_due)
		a->next_due = due;
}

static void
done(struct asker *a, size_t i)
{
	if (a->servers[i].state != ASK_DONE)
		a->left--;
	a->servers[i].state = ASK_DONE;
}

static int
open_socket(int family)
{
	int on = 1, size = RECEIVE_BUFFER;
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	/* Without kernel stamps, errors or room the answers still come; only less well. */
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	if (family == AF_INET) {
		setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof(on));
	} else {
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
		setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof(on));
	}
	return fd;
}

/* The next address that a way may lead to, starting from `from`; -1: none is left. */
static int
way(const struct ask_server *s, size_t from)
{
	for (size_t k = 0; k < s->naddresses; k++) {
		size_t at = (from + k) % s->naddresses;

		if ((s->dead & 1U << at) == 0)
			return (int)at;
	}
	return -1;
}

/* The exchange in hand came to nothing. */
static void
failed(struct asker *a, size_t i, span now)
{
	struct ask_server *s = &a->servers[i];
	int next = way(s, s->nsamples > 0 ? s->address : s->address + 1);

	s->failures++;
	if (next < 0 || s->failures >= FAILURES_MAX + s->naddresses - 1 || s->nrequests >= s->cap) {
		done(a, i);
		return;
	}
	if ((size_t)next == s->address && !address_is_loopback(&s->addresses[next])) {
		int64_t due = s->requests[s->nrequests - 1].sent_mono + SPACING;

		if (due > now) {
			later(a, i, ASK_SPACE, due);
			return;
		}
	}
	s->address = (size_t)next;
	ready(a, i);
}

static void
closed_way(struct asker *a, size_t i, size_t address, int error, span now)
{
	struct ask_server *s = &a->servers[i];

	s->net_error = error;
	s->dead |= 1U << address;
	if (s->state == ASK_WAIT && s->address == address)
		failed(a, i, now);
}

static void
unpace(struct asker *a, struct ask_request *q)
{
	if (q->paced) {
		q->paced = false;
		a->flying--;
	}
}

/* An ICMP message brings our packet back, and with it the number of the request. */
static void
drain_errors(struct asker *a, int fd)
{
	for (int guard = 0; guard < RING; guard++) {
		uint8_t data[NTP_PACKET];
		_Alignas(struct cmsghdr) char control[256];
		struct iovec iov = { data, sizeof(data) };
		struct msghdr m = { .msg_iov = &iov,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control) };
		ssize_t n = recvmsg(fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT);
		int error = 0;
		const struct ask_slot *slot;

		if (n < 0)
			return;
		for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
			struct sock_extended_err se;

			if (!((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
				(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR)))
				continue;
			memcpy(&se, CMSG_DATA(c), sizeof(se));
			error = (int)se.ee_errno;
		}
		if (n < NTP_PACKET || error == 0)
			continue;
		/* a request has its number 16 bytes further on than an answer */
		slot = ask_table_find(&a->table, ntp_origin(data + 16));
		if (slot == NULL)
			continue;
		unpace(a, &a->servers[slot->server].requests[slot->request]);
		closed_way(a, slot->server,
		    a->servers[slot->server].requests[slot->request].address, error, ask_mono());
	}
}

static ssize_t
transmit(
    struct asker *a, int fd, const uint8_t *packet, const struct address *to, struct ask_request *q)
{
	for (int tries = 0;; tries++) {
		ssize_t n;

		q->sent_mono = ask_mono();
		q->sent = wall();
		n = sendto(fd, packet, NTP_PACKET, 0, &to->u.sa, to->len);
		if (n >= 0 || tries > 0)
			return n;
		/* An earlier packet's error is told to the next call, whomever it is for. */
		drain_errors(a, fd);
	}
}

/* Sends one request to server i. */
static void
ask(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];
	const struct address *to = &s->addresses[s->address];
	struct ask_request *q = &s->requests[s->nrequests];
	int *fd = &a->fds[to->u.sa.sa_family == AF_INET6];
	uint8_t packet[NTP_PACKET];
	span wait;

	if (s->nrequests >= s->cap) { /* refused while it stood in the queue */
		done(a, i);
		return;
	}
	if (*fd < 0)
		*fd = open_socket(to->u.sa.sa_family);
	*q = (struct ask_request){ .address = (uint8_t)s->address, .open = true };
	q->origin = ask_table_add(&a->table, i, s->nrequests);
	s->open = s->nrequests++;
	ntp_request(packet, q->origin);
	s->state = ASK_WAIT;
	if (*fd < 0 || q->origin == 0 || transmit(a, *fd, packet, to, q) < 0) {
		if (s->state == ASK_WAIT)
			closed_way(a, i, s->address, errno, ask_mono());
		return;
	}
	if (s->state != ASK_WAIT) /* an older request's error ended it meanwhile */
		return;
	q->paced = true;
	a->flying++;
	a->ring[(a->ring_at + a->ring_n++) % RING].server = i;
	a->ring[(a->ring_at + a->ring_n - 1) % RING].request = s->nrequests - 1;
	wait = address_is_loopback(to) ? WAIT_LOCAL : WAIT_FAR;
	if (s->nsamples == 0 && s->nrequests < s->naddresses)
		wait = WAIT_OTHER;
	later(a, i, ASK_WAIT, q->sent_mono + wait);
}

static bool
has_room(struct asker *a, span now)
{
	while (a->ring_n > 0) {
		struct ask_request *q =
		    &a->servers[a->ring[a->ring_at].server].requests[a->ring[a->ring_at].request];

		if (q->paced && now - q->sent_mono < PACE)
			break;
		unpace(a, q);
		a->ring_at = (a->ring_at + 1) % RING;
		a->ring_n--;
	}
	return a->flying < a->window && a->ring_n < RING;
}

static void
send_ready(struct asker *a)
{
	while (a->head != a->n && has_room(a, ask_mono())) {
		size_t i = a->head;

		a->head = a->servers[i].next;
		ask(a, i);
	}
}

/* A good sample is there: is another wanted, and when? */
static void
go_on(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];
	const struct address *from = &s->addresses[s->address];

	if (s->nsamples >= a->plan->samples || s->nrequests >= s->cap)
		done(a, i);
	else if (address_is_loopback(from))
		ready(a, i);
	else if (s->best_delay / 2 <= a->plan->sharp)
		done(a, i);
	else
		later(a, i, ASK_SPACE, s->requests[s->nrequests - 1].sent_mono + SPACING);
}

static void
keep(struct ask_server *s, const struct ntp_answer *ans, const struct ntp_sample *smp, int64_t mono,
    int64_t precision)
{
	int64_t root = ans->root_delay / 2 + 1 + ans->root_dispersion + ans->precision + precision;

	if (s->nsamples == 0 || smp->delay < s->best_delay) {
		s->best = *ans;
		s->best_delay = smp->delay;
	}
	if (root > s->root)
		s->root = root;
	s->samples[s->nsamples++] = (struct ask_sample){ *smp, mono };
}

static bool
refuses(const char *kiss)
{
	return strcmp(kiss, "RATE") == 0 || strcmp(kiss, "DENY") == 0 || strcmp(kiss, "RSTR") == 0;
}

/* An answer with the right origin. */
static void
take(struct asker *a, size_t i, struct ask_request *q, const uint8_t *data, size_t len,
    struct ntp_moments *m)
{
	struct ask_server *s = &a->servers[i];
	bool current = s->state == ASK_WAIT && q == &s->requests[s->open];
	struct ntp_answer ans;
	struct ntp_sample smp;
	enum ntp_fault f = ntp_answer_parse(data, len, q->origin, &ans);

	m->sent = q->sent;
	m->sent_mono = q->sent_mono;
	q->open = false;
	unpace(a, q);
	if (f == NTP_OK)
		f = ntp_sample_make(&ans, m, a->precision, &smp);
	if (f == NTP_OK && s->nsamples < a->plan->samples &&
	    (s->nsamples == 0 || q->address == s->address)) {
		s->address = q->address;
		keep(s, &ans, &smp, m->received_mono, a->precision);
		if (s->state == ASK_WAIT)
			go_on(a, i);
		return;
	}
	if (f == NTP_OK) { /* a late one has filled the last place meanwhile */
		if (current)
			go_on(a, i);
		return;
	}
	s->fault = f;
	if (f == NTP_KISS)
		memcpy(s->kiss, ans.refid, sizeof(s->kiss));
	if (f == NTP_KISS && refuses(ans.refid)) {
		if (s->nsamples == 0)
			s->address = q->address;
		/* off the queue it comes when its turn does: see `ask` */
		if (s->state == ASK_READY)
			s->cap = s->nrequests;
		else
			done(a, i);
	} else if (current) {
		failed(a, i, m->received_mono);
	}
}

/* An answer that answers nothing: remembered as a reason, in case that no better one comes. */
static void
stray(struct asker *a, const struct address *from, const uint8_t *data, size_t len)
{
	struct ntp_answer ans;

	for (size_t i = 0; i < a->n; i++) {
		struct ask_server *s = &a->servers[i];

		if (s->nrequests == 0 || s->nsamples > 0 || s->state == ASK_DONE ||
		    !address_same(&s->addresses[s->address], from))
			continue;
		s->fault = ntp_answer_parse(data, len, s->requests[s->open].origin, &ans);
		if (s->fault == NTP_OK || s->fault == NTP_KISS)
			s->fault = NTP_ORIGIN;
	}
}

static int64_t
kernel_stamp(struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		struct timespec t;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS)
			continue;
		memcpy(&t, CMSG_DATA(c), sizeof(t));
		return (int64_t)t.tv_sec * NS_S + t.tv_nsec;
	}
	return 0;
}

static void
receive_one(struct asker *a, struct mmsghdr *mm, const struct address *from, const uint8_t *data)
{
	const struct ask_slot *slot = NULL;
	struct ntp_moments m = { .received = wall(), .received_mono = ask_mono() };
	int64_t stamp = kernel_stamp(&mm->msg_hdr);
	struct ask_request *q;

	if (mm->msg_len >= NTP_PACKET)
		slot = ask_table_find(&a->table, ntp_origin(data));
	if (slot == NULL) {
		stray(a, from, data, mm->msg_len);
		return;
	}
	q = &a->servers[slot->server].requests[slot->request];
	if (!q->open || a->servers[slot->server].state == ASK_DONE ||
	    !address_same(&a->servers[slot->server].addresses[q->address], from))
		return;
	/* A stamp from outside of the exchange is of another clock than the one that is read here.
	 */
	if (stamp >= q->sent && stamp <= m.received) {
		m.received_mono -= m.received - stamp;
		m.received = stamp;
		a->servers[slot->server].kernel_stamps = true;
	}
	take(a, slot->server, q, data, mm->msg_len, &m);
}

/* One batch; true: there may be more. */
static bool
receive(struct asker *a, int fd)
{
	uint8_t data[BATCH][NTP_ANSWER_MAX + 4];
	_Alignas(struct cmsghdr) char control[BATCH][128];
	struct address from[BATCH];
	struct mmsghdr mm[BATCH];
	struct iovec iov[BATCH];
	int n;

	for (size_t k = 0; k < BATCH; k++) {
		iov[k] = (struct iovec){ data[k], sizeof(data[k]) };
		mm[k] = (struct mmsghdr){ .msg_hdr = { .msg_name = &from[k].u,
					      .msg_namelen = sizeof(from[k].u),
					      .msg_iov = &iov[k],
					      .msg_iovlen = 1,
					      .msg_control = control[k],
					      .msg_controllen = sizeof(control[k]) } };
	}
	n = recvmmsg(fd, mm, BATCH, MSG_DONTWAIT, NULL);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		drain_errors(a, fd);
	for (int k = 0; k < n; k++)
		receive_one(a, &mm[k], &from[k], data[k]);
	return n == BATCH;
}

static void
sweep(struct asker *a, span now)
{
	if (now < a->next_due)
		return;
	a->next_due = INT64_MAX;
	for (size_t i = 0; i < a->n; i++) {
		struct ask_server *s = &a->servers[i];

		if (s->state != ASK_WAIT && s->state != ASK_SPACE)
			continue;
		if (s->due > now) {
			if (s->due < a->next_due)
				a->next_due = s->due;
		} else if (s->state == ASK_SPACE)
			ready(a, i);
		else
			failed(a, i, now);
	}
}

/* Server i has its addresses: room for what will be asked, and off it goes. */
static void
begin(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];

	s->cap = a->plan->samples + FAILURES_MAX + s->naddresses - 1;
	s->requests = arena_array(a->plan->arena, s->cap, sizeof(*s->requests));
	s->samples = arena_array(a->plan->arena, a->plan->samples, sizeof(*s->samples));
	ready(a, i);
}

static void
take_names(struct asker *a)
{
	struct names got;
	long k;

	while ((k = resolver_take(a->resolver, &got)) >= 0) {
		size_t i = a->named[k];
		struct ask_server *s = &a->servers[i];

		s->lookup_error = got.error;
		if (got.error != 0) {
			done(a, i);
			continue;
		}
		s->addresses = arena_array(a->plan->arena, got.n, sizeof(*s->addresses));
		memcpy(s->addresses, got.v, got.n * sizeof(*s->addresses));
		s->naddresses = got.n;
		begin(a, i);
	}
}

/* Figures are asked at once; names go to the resolver. */
static int
begin_all(struct asker *a, struct err *e)
{
	struct clock_server *names = NULL;
	size_t nnames = 0;

	for (size_t i = 0; i < a->n; i++) {
		struct ask_server *s = &a->servers[i];
		struct address one;

		s->state = ASK_NAME;
		if (s->where.nts) {
			done(a, i);
		} else if (resolve_numeric(&s->where, &one)) {
			if (a->plan->family != AF_UNSPEC && a->plan->family != one.u.sa.sa_family) {
				s->net_error = EAFNOSUPPORT;
				done(a, i);
				continue;
			}
			s->addresses = arena_array(a->plan->arena, 1, sizeof(one));
			s->addresses[0] = one;
			s->naddresses = 1;
			begin(a, i);
		} else {
			if (names == NULL) {
				names = arena_array(a->plan->arena, a->n, sizeof(*names));
				a->named = arena_array(a->plan->arena, a->n, sizeof(*a->named));
			}
			a->named[nnames] = i;
			names[nnames++] = s->where;
		}
	}
	if (nnames == 0)
		return 0;
	a->resolver = resolver_start(names, nnames, a->plan->family, e);
	return a->resolver == NULL ? -1 : 0;
}

static void
wait_for(struct asker *a, span now)
{
	struct pollfd p[3] = { { .fd = a->fds[0], .events = POLLIN },
		{ .fd = a->fds[1], .events = POLLIN },
		{ .fd = a->resolver == NULL ? -1 : resolver_fd(a->resolver), .events = POLLIN } };
	span until = a->next_due < a->plan->deadline ? a->next_due : a->plan->deadline;
	struct timespec t;

	if (a->head != a->n && now + PACE < until)
		until = now + PACE;
	until = until > now ? until - now : 0;
	t = (struct timespec){ until / NS_S, until % NS_S };
	if (ppoll(p, 3, &t, NULL) <= 0)
		return;
	for (int k = 0; k < 2; k++) {
		if (p[k].revents & POLLERR)
			drain_errors(a, p[k].fd);
		/* bounded, so that a flood cannot keep us from our own requests */
		for (int b = 0; (p[k].revents & POLLIN) != 0 && b < 4 && receive(a, p[k].fd); b++)
			;
	}
	if (p[2].revents & POLLIN)
		take_names(a);
}

int
ask_all(const struct ask_plan *plan, struct ask_server *servers, size_t n, struct err *e)
{
	struct asker a = { .plan = plan,
		.servers = servers,
		.n = n,
		.left = n,
		.head = n,
		.tail = n,
		.fds = { -1, -1 },
		.next_due = INT64_MAX };
	int r;

	a.window = n / WINDOW_SERVERS;
	a.window = a.window < WINDOW_MIN   ? WINDOW_MIN
		   : a.window > WINDOW_MAX ? WINDOW_MAX
					   : a.window;
	a.precision = ask_precision();
	ask_table_init(&a.table, n * (plan->samples + 1), plan->arena);
	r = begin_all(&a, e);
	while (r == 0 && a.left > 0) {
		span now = ask_mono();

		if (now >= plan->deadline)
			break;
		sweep(&a, now);
		send_ready(&a);
		if (a.left > 0)
			wait_for(&a, now);
	}
	for (size_t i = 0; i < n; i++)
		servers[i].cut = servers[i].state != ASK_DONE;
	if (a.resolver != NULL)
		resolver_stop(a.resolver);
	for (int k = 0; k < 2; k++)
		if (a.fds[k] >= 0)
			close(a.fds[k]);
	return r;
}
