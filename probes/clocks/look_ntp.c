/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns asking a machine by NTP. What counts is what its clock shows, also when it says itself that
 * nothing keeps it right: so its answers are read by less strict rules than those of a server.
 */
#include "edge.h"
#include "look_ways.h"

#include "probes/clock/ntp.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define QUESTIONS 4
#define FEW 3              /* answers that agree before anything is believed: one may be wild */
#define TRIES 6            /* with those that get no answer */
#define ONE_WAIT (SPAN_S)  /* for one answer */
#define SPACE (2 * SPAN_S) /* between two in a network: servers limit who asks oftener */
#define FRACTION_BITS 32

/* A stamp of theirs in the era nearest to our clock: an instrument's may stand in any year. */
static int64_t
nearest(uint64_t stamp, int64_t ours)
{
	int64_t away = (int64_t)(stamp - ntp_stamp(ours));

	return ours + (int64_t)(((__int128)away * NS_S) >> FRACTION_BITS);
}

static bool
usable(enum ntp_fault f, const struct ntp_answer *a)
{
	return (f == NTP_OK || f == NTP_UNSYNC || f == NTP_DISTANCE || f == NTP_DATE) &&
	       a->receive != 0 && a->transmit != 0 && (int64_t)(a->transmit - a->receive) >= 0;
}

/* What one exchange says; false: it cannot be true with the ones before. */
static bool
take(struct look *l, struct edge *e, const struct ntp_answer *a, int64_t sent, int64_t received)
{
	int64_t slack = (a->precision < NS_S ? a->precision : NS_S) + ticks_precision();

	snprintf(
	    l->detail, sizeof(l->detail), "stratum %u, leap indicator %u", a->stratum, a->leap);
	return edge_take(e, nearest(a->transmit, received) - slack,
	    nearest(a->receive, sent) + slack, sent, received, ticks_mono());
}

static int
open_socket(struct look *l, const struct look_terms *t, struct net_address *to)
{
	const struct resolver_terms terms = { t->family, SOCK_DGRAM, 1 };
	struct resolved found = { .n = 0 };
	char port[8];
	int fd;

	snprintf(port, sizeof(port), "%u", l->target->at.port);
	if (net_address_parse(l->target->at.host, l->target->at.port, &found.v[0]))
		found.n = 1;
	else
		resolve_now(&terms, l->target->at.host, port, &found);
	if (found.error != 0 || found.n == 0) {
		look_failed(l, "has no address (%s)",
		    gai_strerror(found.error != 0 ? found.error : EAI_NONAME));
		return -1;
	}
	*to = found.v[0];
	net_address_text(to, l->address);
	fd = socket(to->u.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, &to->u.sa, to->len) == 0)
		return fd;
	look_failed(l, "cannot be asked (%s)", strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Waits for the answer to `origin`; NTP_LENGTH with `why` set when none comes. */
static enum ntp_fault
answer(
    struct look *l, int fd, uint64_t origin, int64_t until, struct ntp_answer *a, int64_t *received)
{
	uint8_t data[NTP_ANSWER_MAX + 4];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;

	while ((left = until - ticks_mono()) > 0) {
		struct timespec wait = { left / NS_S, left % NS_S };
		ssize_t n;
		enum ntp_fault f;

		if (ppoll(&p, 1, &wait, NULL) <= 0)
			continue;
		n = recv(fd, data, sizeof(data), 0);
		*received = ticks_wall();
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			look_failed(l, "does not answer (%s)", strerror(errno));
			return NTP_LENGTH;
		}
		f = n < 0 ? NTP_ORIGIN : ntp_answer_parse(data, (size_t)n, origin, a);
		if (f != NTP_ORIGIN)
			return f;
	}
	look_failed(l, "gave no answer in time");
	return NTP_LENGTH;
}

/* One exchange: 1 when it narrowed the difference, 0 when not, -1 when asking on is of no use. */
static int
exchange(struct look *l, const struct look_terms *t, int fd, struct edge *e)
{
	uint8_t question[NTP_PACKET];
	int64_t sent, received = 0, until = ticks_mono() + ONE_WAIT;
	struct ntp_answer a = { 0 };
	enum ntp_fault f;
	uint64_t origin;

	if (getrandom(&origin, sizeof(origin), 0) != sizeof(origin)) {
		look_failed(l, "cannot be asked (no random numbers)");
		return -1;
	}
	ntp_request(question, origin);
	l->requests++;
	sent = ticks_wall();
	if (send(fd, question, sizeof(question), 0) < 0 && errno != ECONNREFUSED) {
		look_failed(l, "cannot be asked (%s)", strerror(errno));
		return -1;
	}
	f = answer(l, fd, origin, until < t->until ? until : t->until, &a, &received);
	if (f == NTP_LENGTH)
		return 0;
	if (f == NTP_KISS) {
		look_failed(l, "refuses to tell its time (\"%s\")", a.refid);
		return -1;
	}
	if (!usable(f, &a)) {
		look_failed(l, "gives answers that cannot be used: they %s", ntp_fault_words(f));
		return 0;
	}
	if (!take(l, e, &a, sent, received)) {
		look_failed(l, "gives answers that contradict each other");
		return -1;
	}
	return 1;
}

static void
rest(const struct look_terms *t, const struct net_address *to)
{
	struct timespec wait = { SPACE / NS_S, SPACE % NS_S };

	if (!net_address_is_loopback(to) && ticks_mono() + SPACE < t->until)
		nanosleep(&wait, NULL);
}

bool
look_ntp(struct look *l, const struct look_terms *t)
{
	int64_t wall = ticks_wall(), mono = ticks_mono();
	struct net_address to;
	int fd = open_socket(l, t, &to), got = 0;
	struct edge e = { .n = 0 };

	if (fd < 0)
		return false;
	for (int i = 0; i < TRIES && got < QUESTIONS && ticks_mono() < t->until; i++) {
		int r = exchange(l, t, fd, &e);

		if (r < 0) {
			got = 0;
			break;
		}
		got += r;
		if (got >= FEW && edge_radius(&e) < t->sharp)
			break;
		if (r > 0 && got < QUESTIONS)
			rest(t, &to);
	}
	close(fd);
	l->lo = e.lo;
	l->hi = e.hi;
	l->mono = e.at;
	if (got > 0 && !look_unset(wall, mono))
		return look_failed(l, "was asked while this clock was being set");
	return got >= FEW || (got > 0 && look_failed(l,
					     "gave only %d answers to %u questions, which is not "
					     "enough to believe them",
					     got, l->requests));
}
