/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns asking one server: exchanges of packets, each with a cookie of its own.
 */
#include "session.h"

#include "keys.h"
#include "packet.h"

#include "probes/clock/ticks.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define ONE_WAIT SPAN_S    /* for one answer */
#define SPACE (2 * SPAN_S) /* between two requests in a network, as ask.h says of manners */
#define SILENCES_MAX 3     /* requests without a usable answer, then no more */
#define FORGOT "NTSN"      /* RFC 8915, 5.7 */

/* One request on its way. */
struct sent {
	uint64_t origin;
	uint8_t id[PACKET_ID];
	struct ntp_moments m;
};

/* Whom the exchange of keys names for the time (RFC 8915, 4.1.7, 4.1.8). */
static int
open_socket(struct session *s, const struct session_terms *t, const struct ke *ke)
{
	const struct resolver_terms terms = { t->family, SOCK_DGRAM, 1 };
	uint16_t port = ke->port != 0 ? ke->port : CLOCK_PORT;
	struct resolved found = { .n = 1 };
	char text[8];
	int fd;

	snprintf(text, sizeof(text), "%u", port);
	found.v[0] = s->address;
	if (ke->server[0] != '\0' && !net_address_parse(ke->server, port, &found.v[0])) {
		found.n = 0;
		resolve_now(&terms, ke->server, text, &found);
	}
	if (found.n == 0) {
		keys_failed(s, "sends to \"%s\" for the time, which has no address (%s)",
		    ke->server, gai_strerror(found.error != 0 ? found.error : EAI_NONAME));
		return -1;
	}
	s->address = found.v[0];
	if (s->address.u.sa.sa_family == AF_INET6)
		s->address.u.v6.sin6_port = htons(port);
	else
		s->address.u.v4.sin_port = htons(port);
	fd = socket(s->address.u.sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, &s->address.u.sa, s->address.len) == 0)
		return fd;
	keys_failed(s, "cannot be asked (%s)", strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool
send_one(struct session *s, int fd, struct keys *k, struct sent *q)
{
	uint8_t packet[PACKET_REQUEST_MAX], nonce[16];
	size_t at = --k->ke.cookies.n, n; /* a cookie is used once */

	if (getrandom(&q->origin, sizeof(q->origin), 0) != sizeof(q->origin) ||
	    getrandom(q->id, sizeof(q->id), 0) != sizeof(q->id) ||
	    getrandom(nonce, sizeof(nonce), 0) != sizeof(nonce))
		return keys_failed(s, "cannot be asked (no random numbers)");
	n = packet_request(packet, q->origin, q->id, k->ke.cookies.v[at].bytes,
	    k->ke.cookies.v[at].n, nonce, k->c2s);
	if (n == 0)
		return keys_failed(s, "cannot be asked (no memory)");
	s->server.nrequests++;
	q->m.sent_mono = ticks_mono();
	q->m.sent = ticks_wall();
	return send(fd, packet, n, 0) >= 0 || errno == ECONNREFUSED ||
	       keys_failed(s, "cannot be asked (%s)", strerror(errno));
}

static void
keep(struct session *s, const struct ntp_answer *a, const struct ntp_sample *smp, int64_t mono)
{
	struct ask_server *v = &s->server;
	int64_t root = a->root_delay / 2 + 1 + a->root_dispersion;

	if (v->nsamples == 0 || smp->delay < v->best_delay) {
		v->best = *a;
		v->best_delay = smp->delay;
	}
	if (root > v->root)
		v->root = root;
	s->samples[v->nsamples++] = (struct ask_sample){ *smp, mono };
}

enum took { TOOK_NOTHING, TOOK_SAMPLE, TOOK_FORGOT, TOOK_REFUSAL };

/* One datagram. What is not proven says nothing of the time, and a stranger's is passed over. */
static enum took
take(struct session *s, const struct session_terms *t, struct keys *k, struct sent *q,
    const uint8_t *data, size_t n)
{
	struct ntp_answer a;
	struct ntp_sample smp;
	enum ntp_fault f = ntp_answer_parse(data, n, q->origin, &a);
	enum packet_fault p;

	if (f == NTP_ORIGIN || f == NTP_LENGTH || f == NTP_VERSION || f == NTP_MODE) {
		s->server.fault = f;
		keys_failed(s, "gives answers that cannot be used: they %s", ntp_fault_words(f));
		return TOOK_NOTHING;
	}
	if (f == NTP_KISS && strcmp(a.refid, FORGOT) == 0 && packet_has_id(data, n, q->id)) {
		keys_failed(s, "does not know the keys that it gave itself");
		return TOOK_FORGOT;
	}
	p = packet_answer(data, n, q->id, k->s2c, &k->ke.cookies);
	if (p != PACKET_OK) {
		keys_failed(s, "gives answers that %s", packet_fault_words(p));
		return TOOK_NOTHING;
	}
	s->seen.unproven = false;
	if (f == NTP_OK)
		f = ntp_sample_make(&a, &q->m, t->precision, &smp);
	if (f == NTP_OK) {
		keep(s, &a, &smp, q->m.received_mono);
		return TOOK_SAMPLE;
	}
	s->server.fault = f;
	if (f == NTP_KISS)
		memcpy(s->server.kiss, a.refid, sizeof(s->server.kiss));
	keys_failed(s, "gives answers that cannot be used: they %s", ntp_fault_words(f));
	return TOOK_REFUSAL;
}

/* Sends one request and waits for what answers it. */
static enum took
exchange(struct session *s, const struct session_terms *t, struct keys *k, int fd)
{
	uint8_t data[NTP_ANSWER_MAX + 4];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t until = ticks_mono() + ONE_WAIT, left;
	enum took got = TOOK_NOTHING;
	bool heard = false;
	struct sent q = { .origin = 0 };

	if (!send_one(s, fd, k, &q))
		return TOOK_REFUSAL;
	if (until > t->until)
		until = t->until;
	while (got == TOOK_NOTHING && (left = until - ticks_mono()) > 0) {
		struct timespec wait = { left / NS_S, left % NS_S };
		ssize_t n;

		if (ppoll(&p, 1, &wait, NULL) <= 0)
			continue;
		n = recv(fd, data, sizeof(data), 0);
		q.m.received = ticks_wall();
		q.m.received_mono = ticks_mono();
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			s->server.net_error = errno;
			keys_failed(s, "gives keys, but no time (%s)", strerror(errno));
			return TOOK_NOTHING;
		}
		heard |= n >= 0;
		if (n >= 0)
			got = take(s, t, k, &q, data, (size_t)n);
	}
	if (!heard)
		keys_failed(
		    s, "gives keys, but no time: %zu requests had no answer", s->server.nrequests);
	return got;
}

static void
rest(const struct session *s, const struct session_terms *t)
{
	struct timespec wait = { SPACE / NS_S, SPACE % NS_S };

	if (!net_address_is_loopback(&s->address) && ticks_mono() + SPACE < t->until)
		nanosleep(&wait, NULL);
}

/* Samples with one set of keys. true: the server forgot its own. */
static bool
ask(struct session *s, const struct session_terms *t, struct keys *k, int fd)
{
	int silences = 0;

	while (s->server.nsamples < t->samples && silences < SILENCES_MAX && k->ke.cookies.n > 0 &&
	       ticks_mono() < t->until) {
		switch (exchange(s, t, k, fd)) {
		case TOOK_SAMPLE:
			if (s->server.nsamples < t->samples)
				rest(s, t);
			break;
		case TOOK_NOTHING:
			silences++;
			break;
		case TOOK_FORGOT:
			return true;
		case TOOK_REFUSAL:
			return false;
		}
	}
	return false;
}

void
session(struct session *s, const struct session_terms *t)
{
	bool again = true;

	while (again && s->exchanges < SESSION_EXCHANGES_MAX) {
		struct keys k;
		int fd;

		again = false;
		if (!keys_exchange(s, t, &k) || (fd = open_socket(s, t, &k.ke)) < 0)
			break;
		again = ask(s, t, &k, fd);
		close(fd);
		OPENSSL_cleanse(&k, sizeof(k));
	}
	s->done = true;
}
