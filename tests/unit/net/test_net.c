/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses in figures, and the resolver over a getaddrinfo(3) of our own: one that gives as many
 * addresses as it is told, fails, or does not return until it is let go.
 */
#include "probes/net/resolve.h"

#include "tests/t.h"

#include <net/if.h>
#include <netdb.h>
#include <poll.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

#define PATIENCE 20000 /* ms; far longer than anything here takes */

static sem_t stuck, gate, freed;

static struct addrinfo *
one(int family, uint16_t port, uint8_t last)
{
	struct net_address *a = calloc(1, sizeof(*a));
	struct addrinfo *ai = calloc(1, sizeof(*ai));

	a->u.v4.sin_family = (sa_family_t)family;
	a->u.v4.sin_port = htons(port);
	a->u.v4.sin_addr.s_addr = htonl(0xc0000200u | last);
	ai->ai_family = family;
	ai->ai_addr = &a->u.sa;
	ai->ai_addrlen = sizeof(a->u.v4);
	return ai;
}

/* "12" has twelve addresses; "odd" one of a family that is not of the internet; "none" is not
 * found; "stuck" says that it has begun and waits for the gate. */
int
getaddrinfo(const char *restrict name, const char *restrict port,
    const struct addrinfo *restrict hints, struct addrinfo **restrict out)
{
	uint16_t number = (uint16_t)atoi(port);

	*out = NULL;
	if (hints->ai_socktype != SOCK_DGRAM || (hints->ai_flags & AI_NUMERICSERV) == 0)
		return EAI_SOCKTYPE;
	if (strcmp(name, "none") == 0)
		return EAI_NONAME;
	if (strcmp(name, "stuck") == 0) {
		sem_post(&stuck);
		sem_wait(&gate);
	}
	if (strcmp(name, "odd") == 0) {
		*out = one(AF_UNIX, number, 1);
		return 0;
	}
	for (int n = atoi(name); n > 0; n--) {
		struct addrinfo *ai = one(AF_INET, number, (uint8_t)n);

		ai->ai_next = *out;
		*out = ai;
	}
	return 0;
}

void
freeaddrinfo(struct addrinfo *list)
{
	while (list != NULL) {
		struct addrinfo *next = list->ai_next;

		free(list->ai_addr);
		free(list);
		list = next;
	}
	sem_post(&freed);
}

/* Waits for one answer. */
static bool
take(struct resolver *r, struct resolved *out)
{
	struct pollfd p = { .fd = resolver_fd(r), .events = POLLIN };

	memset(out, 0, sizeof(*out));
	while (!resolver_take(r, out))
		if (poll(&p, 1, PATIENCE) != 1)
			return false;
	return true;
}

static void
figures(void)
{
	unsigned lo = if_nametoindex("lo");
	struct net_address a, b;
	char text[NET_ADDRESS_TEXT];

	T_TRUE("IPv4", net_address_parse("127.0.0.9", 123, &a));
	T_TEXT("IPv4", net_address_text(&a, text), "127.0.0.9:123");
	T_INT("IPv4: its length", a.len, sizeof(struct sockaddr_in));
	T_TRUE("127.0.0.0/8 is this machine", net_address_is_loopback(&a));
	T_TRUE("IPv6", net_address_parse("::1", 443, &b));
	T_TEXT("IPv6", net_address_text(&b, text), "[::1]:443");
	T_INT("IPv6: its length", b.len, sizeof(struct sockaddr_in6));
	T_TRUE("::1 is this machine", net_address_is_loopback(&b));
	T_TRUE("another family is another address", !net_address_same(&a, &b));
	T_TRUE("the network", net_address_parse("192.0.2.1", 123, &b));
	T_TRUE("the network is not this machine", !net_address_is_loopback(&b));
	T_TRUE("the network", net_address_parse("2001:db8::1", 123, &b));
	T_TRUE("the network is not this machine", !net_address_is_loopback(&b));
	net_address_parse("127.0.0.9", 124, &b);
	T_TRUE("another port is another address", !net_address_same(&a, &b));
	net_address_parse("127.0.0.9", 123, &b);
	T_TRUE("the same", net_address_same(&a, &b));
	T_TRUE("with its link", net_address_parse("fe80::1%lo", 1, &a) && lo != 0);
	T_INT("with its link", a.u.v6.sin6_scope_id, lo);
	T_TRUE("a link that is not there", net_address_parse("fe80::1%nosuch", 1, &b));
	T_INT("a link that is not there", b.u.v6.sin6_scope_id, 0);
	T_TRUE("another link is another address", !net_address_same(&a, &b));
	for (const char *const *bad = (const char *const[]){ "", "localhost", "1.2.3", "1.2.3.4.5",
		 "[::1]", "::1]", ":", "127.0.0.1%lo", "127.0.0.1 ",
		 "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa", NULL };
	     *bad != NULL; bad++)
		T_TRUE(*bad, !net_address_parse(*bad, 1, &a));
}

static void
answers(void)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_DGRAM, 2 };
	struct resolver *r = resolver_new(&terms);
	struct resolved got;
	char text[NET_ADDRESS_TEXT], name[NET_NAME_MAX + 1];

	T_TRUE("none waits at first", !resolver_take(r, &got));
	T_TRUE("asked", resolver_ask(r, 7, "3", 123) && take(r, &got));
	T_INT("whose it is", got.owner, 7);
	T_INT("all of them", got.n, 3);
	T_TEXT("in the order of the system", net_address_text(&got.v[0], text), "192.0.2.1:123");
	T_TRUE("asked", resolver_ask(r, 0, "12", 1) && take(r, &got));
	T_INT("no more than there is room for", got.n, NET_ADDRESSES_MAX);
	T_TRUE("asked", resolver_ask(r, 1, "none", 1) && take(r, &got));
	T_INT("the system's word", got.error, EAI_NONAME);
	T_TRUE("asked", resolver_ask(r, 2, "odd", 1) && take(r, &got));
	T_INT("of no use, and no error", got.error + (int)got.n, 0);
	snprintf(name, sizeof(name), "%0*d", NET_NAME_MAX, 5);
	T_TRUE("asked", resolver_ask(r, 3, name, 1) && take(r, &got));
	T_INT("the longest name comes whole", got.n, 5);
	resolver_close(r);
	resolver_close(NULL);
}

/* With two threads: one that does not return holds nobody up, two hold up the third name. */
static void
hangs(void)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_DGRAM, 2 };
	struct resolver *r = resolver_new(&terms);
	struct resolved got;

	T_TRUE("asked", resolver_ask(r, 1, "stuck", 1));
	sem_wait(&stuck);
	for (int i = 0; i < 3; i++)
		T_TRUE("another name", resolver_ask(r, 2, "4", 1) && take(r, &got) && got.n == 4);
	T_TRUE("asked", resolver_ask(r, 3, "stuck", 1));
	sem_wait(&stuck);
	T_TRUE("asked", resolver_ask(r, 4, "5", 1));
	T_TRUE("there is no third thread", !resolver_take(r, &got));
	sem_post(&gate);
	T_TRUE("one is let go", take(r, &got) && (got.owner == 1 || got.owner == 3));
	T_TRUE("and takes the next name", take(r, &got) && got.owner == 4 && got.n == 5);
	T_TRUE("asked", resolver_ask(r, 5, "stuck", 1));
	sem_wait(&stuck);
	T_TRUE("asked", resolver_ask(r, 6, "6", 1)); /* nobody will ever look at it */
	resolver_close(r); /* comes back though two threads do not: else this test never ends */
	while (sem_trywait(&freed) == 0)
		;
	sem_post(&gate);
	sem_post(&gate);
	sem_wait(&freed);
	sem_wait(&freed); /* what they still touch is theirs: the sanitizer looks */
}

/* Two names at once, the first of which hangs: the second has a thread of its own, though one was
 * idle when it was asked. */
static void
called_but_not_yet_there(void)
{
	const struct resolver_terms terms = { AF_UNSPEC, SOCK_DGRAM, 2 };

	for (int i = 0; i < 200; i++) {
		struct resolver *r = resolver_new(&terms);
		struct resolved got;

		T_TRUE("a first name", resolver_ask(r, 0, "1", 1) && take(r, &got));
		T_TRUE("one that hangs", resolver_ask(r, 1, "stuck", 1));
		T_TRUE("one behind it", resolver_ask(r, 2, "2", 1));
		T_TRUE("comes first", take(r, &got) && got.owner == 2);
		sem_wait(&stuck);
		sem_post(&gate);
		T_TRUE("the other later", take(r, &got) && got.owner == 1);
		resolver_close(r);
	}
}

int
main(void)
{
	sem_init(&stuck, 0, 0);
	sem_init(&gate, 0, 0);
	sem_init(&freed, 0, 0);
	figures();
	answers();
	hangs();
	called_but_not_yet_there();
	return t_end();
}
