/* SPDX-License-Identifier: Apache-2.0
 *
 * ntp_responder: a time server that does as it is told.
 *
 *   ntp_responder [ADDRESS@]PORT[-PORT][,key=value]...  ...
 *
 * ADDRESS is one of IPv4, 127.0.0.1 unless given. offset=SECONDS ppm=N stratum=N leap=N kiss=CODE
 * delay=MS version=N mode=N root=SECONDS (dispersion) rdelay=SECONDS precision=N (2^N seconds)
 * tick=SECONDS (its clock moves in such steps) ref=A.B.C.D|TEXT at=UNIX (starts at that moment
 * instead of now), limit=N (RATE after N answers), lose=N (the Nth request), wild=N:SECONDS (the
 * Nth answer is off by so much more), alt=SECONDS (answers are off by it to either side in turn),
 * and one of bad=silent|short|long|padded|origin|zero|backwards|held|garbage|elsewhere. READY when
 * all ports are bound.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORTS_MAX 4096
#define UNIX_TO_NTP 2208988800U

struct port {
	int fd;
	double offset, ppm, root, rdelay, at, delay, tick, wild, alt;
	int stratum, leap, version, mode, precision;
	long limit, lose, often, wild_at, asked, answered;
	char kiss[5], bad[16], ref[16], address[16];
};

static struct port ports[PORTS_MAX];
static size_t nports;
static double started;
static int elsewhere; /* a socket with another port */

static double
now(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Whether the answer that is made now is to be bad in that way. */
static bool
does(const struct port *c, const char *bad)
{
	return strcmp(c->bad, bad) == 0 && (c->often == 0 || (c->answered + 1) % c->often == 0);
}

static void
put32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (24 - 8 * i));
}

/* The shift is added in nanoseconds: a double of the date alone has only 0.2 us. */
static void
put_time(uint8_t *p, const struct port *c, double extra)
{
	double shift = c->offset + c->ppm * 1e-6 * (now(CLOCK_MONOTONIC) - started) + extra;
	struct timespec t;
	int64_t ns;

	if (c->at > 0) {
		t = (struct timespec){ .tv_sec = (time_t)c->at };
		shift += now(CLOCK_MONOTONIC) - started;
	} else {
		clock_gettime(CLOCK_REALTIME, &t);
	}
	if (c->alt != 0)
		shift += c->answered % 2 == 0 ? c->alt : -c->alt;
	if (c->wild_at > 0 && c->answered + 1 == c->wild_at)
		shift += c->wild;
	t.tv_sec += (time_t)shift; /* years in nanoseconds would not be exact */
	ns = (int64_t)t.tv_nsec + (int64_t)((shift - (double)(time_t)shift) * 1e9);
	t.tv_sec += ns / 1000000000;
	ns %= 1000000000;
	if (ns < 0) {
		ns += 1000000000;
		t.tv_sec--;
	}
	if (c->tick >= 1)
		t.tv_sec -= t.tv_sec % (time_t)c->tick;
	if (c->tick > 0)
		ns = c->tick >= 1 ? 0 : ns - ns % (int64_t)(c->tick * 1e9);
	put32(p, (uint32_t)((uint64_t)t.tv_sec + UNIX_TO_NTP));
	put32(p + 4, (uint32_t)(((uint64_t)ns << 32) / 1000000000));
}

static void
put_reference(uint8_t *p, const struct port *c, bool kiss)
{
	char text[5] = "";

	if (kiss)
		memcpy(p, c->kiss[0] != '\0' ? c->kiss : "RATE", 4);
	else if (inet_pton(AF_INET, c->ref, p) != 1) {
		snprintf(text, sizeof(text), "%.4s", c->ref);
		memcpy(p, text, 4);
	}
}

static size_t
answer(struct port *c, const uint8_t *q, uint8_t *a)
{
	bool kiss = c->kiss[0] != '\0' || (c->limit > 0 && c->answered >= c->limit);
	size_t len = 48;

	memset(a, 0, 128);
	a[0] = (uint8_t)(c->leap << 6 | c->version << 3 | c->mode);
	a[1] = (uint8_t)(kiss ? 0 : c->stratum);
	a[3] = (uint8_t)c->precision;
	put32(a + 4, (uint32_t)(c->rdelay * 65536));
	put32(a + 8, (uint32_t)(c->root * 65536));
	put_reference(a + 12, c, kiss);
	put_time(a + 16, c, -10);
	memcpy(a + 24, q + 40, 8);
	put_time(a + 32, c, does(c, "backwards") ? 1 : 0);
	put_time(a + 40, c, does(c, "held") ? 5 : 0);
	if (does(c, "origin"))
		a[31] ^= 1;
	if (does(c, "zero"))
		memset(a + 40, 0, 8);
	if (does(c, "short"))
		len = 47;
	if (does(c, "long"))
		len = 50;
	if (does(c, "padded"))
		len = 64;
	if (does(c, "garbage"))
		memset(a, 0xa5, len);
	c->answered++;
	return len;
}

static void
serve(struct port *c)
{
	uint8_t q[1500], a[128];
	struct sockaddr_in from;
	socklen_t fromlen;
	ssize_t n;

	for (;;) {
		fromlen = sizeof(from);
		n = recvfrom(c->fd, q, sizeof(q), MSG_DONTWAIT, (struct sockaddr *)&from, &fromlen);
		if (n < 0)
			return;
		if (n < 48 || does(c, "silent") || ++c->asked == c->lose)
			continue;
		if (c->delay > 0)
			usleep((useconds_t)(c->delay * 1000));
		(void)sendto(does(c, "elsewhere") ? elsewhere : c->fd, a, answer(c, q, a), 0,
		    (struct sockaddr *)&from, fromlen);
	}
}

static int
set(struct port *c, char *word)
{
	char *v = strchr(word, '=');

	if (v == NULL)
		return -1;
	*v++ = '\0';
	if (strcmp(word, "offset") == 0)
		c->offset = atof(v);
	else if (strcmp(word, "ppm") == 0)
		c->ppm = atof(v);
	else if (strcmp(word, "root") == 0)
		c->root = atof(v);
	else if (strcmp(word, "rdelay") == 0)
		c->rdelay = atof(v);
	else if (strcmp(word, "tick") == 0)
		c->tick = atof(v);
	else if (strcmp(word, "alt") == 0)
		c->alt = atof(v);
	else if (strcmp(word, "precision") == 0)
		c->precision = atoi(v);
	else if (strcmp(word, "often") == 0)
		c->often = atol(v);
	else if (strcmp(word, "lose") == 0)
		c->lose = atol(v);
	else if (strcmp(word, "ref") == 0)
		snprintf(c->ref, sizeof(c->ref), "%s", v);
	else if (strcmp(word, "wild") == 0)
		return sscanf(v, "%ld:%lf", &c->wild_at, &c->wild) == 2 ? 0 : -1;
	else if (strcmp(word, "at") == 0)
		c->at = atof(v);
	else if (strcmp(word, "delay") == 0)
		c->delay = atof(v);
	else if (strcmp(word, "stratum") == 0)
		c->stratum = atoi(v);
	else if (strcmp(word, "leap") == 0)
		c->leap = atoi(v);
	else if (strcmp(word, "version") == 0)
		c->version = atoi(v);
	else if (strcmp(word, "mode") == 0)
		c->mode = atoi(v);
	else if (strcmp(word, "limit") == 0)
		c->limit = atol(v);
	else if (strcmp(word, "kiss") == 0)
		snprintf(c->kiss, sizeof(c->kiss), "%s", v);
	else if (strcmp(word, "bad") == 0)
		snprintf(c->bad, sizeof(c->bad), "%s", v);
	else
		return -1;
	return 0;
}

static int
bind_port(struct port *c, long port, int ep)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c };

	if (inet_pton(AF_INET, c->address, &a.sin_addr) != 1)
		return -1;
	c->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || bind(c->fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev) < 0) {
		fprintf(stderr, "port %ld: %s\n", port, strerror(errno));
		return -1;
	}
	return 0;
}

static int
add(char *arg, int ep)
{
	struct port like = { .stratum = 2,
		.version = 4,
		.mode = 4,
		.precision = -20,
		.ref = "127.0.0.1",
		.address = "127.0.0.1" };
	char *end, *word, *rest = arg, *at;
	long first, last;

	word = strsep(&rest, ",");
	at = strchr(word, '@');
	if (at != NULL) {
		snprintf(like.address, sizeof(like.address), "%.*s", (int)(at - word), word);
		word = at + 1;
	}
	first = last = strtol(word, &end, 10);
	if (*end == '-')
		last = strtol(end + 1, &end, 10);
	if (*end != '\0' || first < 1 || last > 65535)
		return -1;
	while ((word = strsep(&rest, ",")) != NULL)
		if (set(&like, word) < 0)
			return -1;
	for (; first <= last && nports < PORTS_MAX; first++) {
		ports[nports] = like;
		if (bind_port(&ports[nports++], first, ep) < 0)
			return -1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct epoll_event ev[64];
	int ep = epoll_create1(EPOLL_CLOEXEC);

	started = now(CLOCK_MONOTONIC);
	elsewhere = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (int i = 1; i < argc; i++)
		if (add(argv[i], ep) < 0) {
			fprintf(stderr, "ntp_responder: cannot serve \"%s\"\n", argv[i]);
			return 1;
		}
	puts("READY");
	fflush(stdout);
	for (;;) {
		int n = epoll_wait(ep, ev, 64, -1);

		for (int i = 0; i < n; i++)
			serve(ev[i].data.ptr);
	}
}
