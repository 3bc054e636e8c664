/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns sending: sockets and requests.
 */
#include "asker.h"

#include <errno.h>
#include <linux/net_tstamp.h>

#define WAIT_LOCAL SPAN_S
#define WAIT_FAR (2 * SPAN_S)
#define WAIT_OTHER (300 * SPAN_MS) /* until the next address of the same name is tried */
#define RECEIVE_BUFFER (1 << 20)

/* left: the kernel is asked when each request left. */
static int
open_socket(int family, bool left)
{
	int on = 1, size = RECEIVE_BUFFER;
	int stamps = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	/* Without kernel stamps, errors or room the answers still come; only less well. */
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	/* That costs a system call a request; among many the answers' wait is what counts. */
	if (left)
		setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof(stamps));
	if (family == AF_INET) {
		setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof(on));
	} else {
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
		setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof(on));
	}
	return fd;
}

static ssize_t
transmit(struct asker *a, int fd, const uint8_t *packet, const struct net_address *to,
    struct ask_request *q)
{
	for (int tries = 0;; tries++) {
		ssize_t n;

		q->sent_mono = ticks_mono();
		q->sent = ticks_wall();
		n = sendto(fd, packet, NTP_PACKET, 0, &to->u.sa, to->len);
		if (n >= 0 || tries > 0)
			return n;
		/* An earlier packet's error is told to the next call, whomever it is for. */
		asker_errors(a, fd);
	}
}

/* Sends one request to server i. */
static void
ask(struct asker *a, size_t i)
{
	struct ask_server *s = &a->servers[i];
	const struct net_address *to = &s->addresses[s->address];
	struct ask_request *q = &s->requests[s->nrequests];
	int *fd = &a->fds[to->u.sa.sa_family == AF_INET6];
	uint8_t packet[NTP_PACKET];
	span wait;

	if (s->nrequests >= s->cap) { /* refused while it stood in the queue */
		asker_done(a, i);
		return;
	}
	if (*fd < 0)
		*fd = open_socket(to->u.sa.sa_family, a->n <= ASKER_LEFT_MAX);
	*q = (struct ask_request){ .address = (uint8_t)s->address, .open = true };
	q->origin = ask_table_add(&a->table, i, s->nrequests);
	s->open = s->nrequests++;
	ntp_request(packet, q->origin);
	s->state = ASK_WAIT;
	if (*fd < 0 || q->origin == 0 || transmit(a, *fd, packet, to, q) < 0) {
		if (s->state == ASK_WAIT)
			asker_closed_way(a, i, s->address, errno, ticks_mono());
		return;
	}
	if (s->state != ASK_WAIT) /* an older request's error ended it meanwhile */
		return;
	q->paced = true;
	a->flying++;
	a->ring[(a->ring_at + a->ring_n++) % ASKER_RING].server = i;
	a->ring[(a->ring_at + a->ring_n - 1) % ASKER_RING].request = s->nrequests - 1;
	wait = net_address_is_loopback(to) ? WAIT_LOCAL : WAIT_FAR;
	if (s->nsamples == 0 && s->nrequests < s->naddresses)
		wait = WAIT_OTHER;
	asker_later(a, i, ASK_WAIT, q->sent_mono + wait);
}

void
asker_send(struct asker *a)
{
	while (a->head != ASKER_NONE && asker_has_room(a, ticks_mono())) {
		size_t i = a->head;

		a->head = a->servers[i].next;
		ask(a, i);
	}
}
