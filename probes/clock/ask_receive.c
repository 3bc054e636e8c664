/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns receiving: answers, their stamps, and errors that routers or this machine report.
 */
#include "asker.h"
#include "cause.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>

#define BATCH 16
#define ERRORS_MAX 64    /* taken from the queue of a socket in one go */
#define RETURNED_MAX 192 /* a request as it left: with the headers of the link, IPv6 and UDP */
#define AT_NUMBER 16     /* a request has its number so much further on than an answer */

/* What the queue of errors says of one request. */
struct returned {
	int error;    /* errno of a router or this machine; 0: none */
	int64_t left; /* ns, wall: when it left; 0: not told */
};

static struct returned
read_returned(struct msghdr *m)
{
	struct returned r = { 0, 0 };

	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
		struct sock_extended_err se;
		struct timespec t;

		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPING) {
			memcpy(&t, CMSG_DATA(c), sizeof(t)); /* the first of three: software */
			r.left = (int64_t)t.tv_sec * NS_S + t.tv_nsec;
		}
		if (!((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
			(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR)))
			continue;
		memcpy(&se, CMSG_DATA(c), sizeof(se));
		if (se.ee_origin != SO_EE_ORIGIN_TIMESTAMPING)
			r.error = (int)se.ee_errno;
	}
	return r;
}

/* An ICMP message brings our packet back, and with it the number of the request; so does the
 * kernel's word that it left, with headers before it. */
void
asker_errors(struct asker *a, int fd)
{
	for (int guard = 0; guard < ERRORS_MAX; guard++) {
		uint8_t data[RETURNED_MAX];
		_Alignas(struct cmsghdr) char control[256];
		struct iovec iov = { data, sizeof(data) };
		struct msghdr m = { .msg_iov = &iov,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control) };
		ssize_t n = recvmsg(fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT);
		struct returned got;
		const struct ask_slot *slot;
		struct ask_request *q;

		if (n < 0)
			return;
		got = read_returned(&m);
		if (n < NTP_PACKET || (m.msg_flags & MSG_TRUNC) != 0)
			continue;
		slot = ask_table_find(&a->table,
		    ntp_origin(data + (got.error != 0 ? 0 : n - NTP_PACKET) + AT_NUMBER));
		if (slot == NULL)
			continue;
		q = &a->servers[slot->server].requests[slot->request];
		if (got.error == 0) {
			q->left = got.left;
			continue;
		}
		asker_unpace(a, q);
		asker_closed_way(a, slot->server, q->address, got.error, ticks_mono());
	}
}

static void
keep(struct ask_server *s, const struct ntp_answer *ans, const struct ntp_sample *smp, int64_t mono)
{
	int64_t root = ans->root_delay / 2 + 1 + ans->root_dispersion;

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

/* An answer that is not used. current: it is to the newest request. */
static void
refuse(struct asker *a, size_t i, struct ask_request *q, enum ntp_fault f,
    const struct ntp_answer *ans, const struct ntp_moments *m, bool current)
{
	struct ask_server *s = &a->servers[i];

	s->fault = f;
	/* that this clock was set meanwhile is no fault of the server */
	s->nrefused += f != NTP_KISS && f != NTP_STEPPED;
	if (f == NTP_DATE)
		s->gps_weeks = cause_gps_stamp(ans->transmit, m->received);
	if (f == NTP_KISS)
		memcpy(s->kiss, ans->refid, sizeof(s->kiss));
	if (f == NTP_KISS && refuses(ans->refid)) {
		if (s->nsamples == 0)
			s->address = q->address;
		/* off the queue it comes when its turn does: see `ask` */
		if (s->state == ASK_READY)
			s->cap = s->nrequests;
		else
			asker_done(a, i);
	} else if (current) {
		asker_failed(a, i, m->received_mono);
	}
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
	m->left = q->left;
	q->open = false;
	asker_unpace(a, q);
	if (f == NTP_OK)
		f = ntp_sample_make(&ans, m, a->precision, &smp);
	if (f != NTP_OK) {
		refuse(a, i, q, f, &ans, m, current);
	} else if (s->nsamples < a->plan->samples &&
		   (s->nsamples == 0 || q->address == s->address)) {
		s->address = q->address;
		keep(s, &ans, &smp, m->received_mono);
		if (s->state == ASK_WAIT)
			asker_go_on(a, i);
	} else if (current) { /* a late one has filled the last place meanwhile */
		asker_go_on(a, i);
	}
}

/* An answer that answers nothing: remembered as a reason, in case that no better one comes. */
static void
stray(struct asker *a, const struct net_address *from, const uint8_t *data, size_t len)
{
	struct ntp_answer ans;

	for (size_t i = 0; i < a->n; i++) {
		struct ask_server *s = &a->servers[i];

		if (s->nrequests == 0 || s->nsamples > 0 || s->state == ASK_DONE ||
		    !net_address_same(&s->addresses[s->address], from))
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
receive_one(
    struct asker *a, struct mmsghdr *mm, const struct net_address *from, const uint8_t *data)
{
	const struct ask_slot *slot = NULL;
	struct ntp_moments m = { .received = ticks_wall(), .received_mono = ticks_mono() };
	int64_t stamp = kernel_stamp(&mm->msg_hdr);
	struct ask_request *q;

	if (mm->msg_len >= NTP_PACKET)
		slot = ask_table_find(&a->table, ntp_origin(data));
	if (slot == NULL) {
		stray(a, from, data, mm->msg_len);
		return;
	}
	q = &a->servers[slot->server].requests[slot->request];
	if (!q->open || a->servers[slot->server].state == ASK_DONE)
		return;
	if (!net_address_same(&a->servers[slot->server].addresses[q->address], from)) {
		a->servers[slot->server].stranger = *from;
		a->servers[slot->server].stranger.len = mm->msg_hdr.msg_namelen;
		return;
	}
	/* A stamp from outside of the exchange is of another clock than the one that is read here.
	 */
	if (stamp >= q->sent && stamp <= m.received) {
		m.received_mono -= m.received - stamp;
		m.received = stamp;
		a->servers[slot->server].kernel_stamps = true;
	}
	if (q->left > m.received)
		q->left = 0;
	if (q->left >= q->sent)
		a->servers[slot->server].kernel_left = true;
	take(a, slot->server, q, data, mm->msg_len, &m);
}

/* One batch; true: there may be more. */
bool
asker_receive(struct asker *a, int fd)
{
	uint8_t data[BATCH][NTP_ANSWER_MAX + 4];
	_Alignas(struct cmsghdr) char control[BATCH][128];
	struct net_address from[BATCH];
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
		asker_errors(a, fd);
	for (int k = 0; k < n; k++)
		receive_one(a, &mm[k], &from[k], data[k]);
	return n == BATCH;
}
