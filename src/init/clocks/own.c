/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names and addresses of the computer itself.
 */
#include "init/clocks/own.h"

#include "init/clocks/files.h"
#include "init/readers/grammars.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>

/* An address in the form that inet_ntop(3) writes ("127.1" is 127.0.0.1; an IPv4 address within an
 * IPv6 one is the former); false: it is a name. */
static bool
address_of(const char *text, char out[INET6_ADDRSTRLEN])
{
	struct in_addr v4;
	struct in6_addr v6;
	char plain[INET6_ADDRSTRLEN];
	size_t n = strcspn(text, "%");

	if (strchr(text, ':') == NULL)
		return inet_aton(text, &v4) != 0 &&
		       inet_ntop(AF_INET, &v4, out, INET6_ADDRSTRLEN) != NULL;
	if (n >= sizeof(plain))
		return false;
	memcpy(plain, text, n);
	plain[n] = '\0';
	if (inet_pton(AF_INET6, plain, &v6) != 1)
		return false;
	if (IN6_IS_ADDR_V4MAPPED(&v6))
		return inet_ntop(AF_INET, v6.s6_addr + 12, out, INET6_ADDRSTRLEN) != NULL;
	return inet_ntop(AF_INET6, &v6, out, INET6_ADDRSTRLEN) != NULL;
}

static bool
loops_back(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "0.0.0.0") == 0 ||
	       strcmp(address, "::1") == 0 || strcmp(address, "::") == 0;
}

bool
own_many(const char *name)
{
	char address[INET6_ADDRSTRLEN];
	struct in_addr v4;

	if (!address_of(name, address))
		return false;
	if (strchr(address, ':') != NULL)
		return strncmp(address, "ff", 2) == 0;
	return inet_pton(AF_INET, address, &v4) == 1 &&
	       (IN_MULTICAST(ntohl(v4.s_addr)) || v4.s_addr == INADDR_BROADCAST);
}

bool
own_is(const struct clocks *c, const char *name)
{
	char address[INET6_ADDRSTRLEN];
	bool numeric = address_of(name, address);
	size_t n = strlen(name);

	if (numeric && loops_back(address))
		return true;
	n -= n > 1 && name[n - 1] == '.';
	if ((n == 9 && strncasecmp(name, "localhost", n) == 0) ||
	    (n > 10 && strncasecmp(name + n - 10, ".localhost", 10) == 0)) /* RFC 6761, 6.3 */
		return true;
	for (size_t i = 0; i < c->nown; i++)
		if (numeric ? strcmp(c->own[i], address) == 0
			    : strlen(c->own[i]) == n && strncasecmp(c->own[i], name, n) == 0)
			return true;
	return false;
}

static void
add(struct clocks *c, const char *text)
{
	char address[INET6_ADDRSTRLEN];
	size_t n = strcspn(text, "/"); /* an address with its prefix */

	if (n == 0 || c->nown >= CLOCKS_OWN_MAX)
		return;
	c->own = arena_grow(c->arena, c->own, c->nown, &c->own_cap, sizeof(*c->own));
	text = arena_textn(c->arena, text, n);
	c->own[c->nown++] = address_of(text, address) ? arena_text(c->arena, address) : text;
}

static void
kernel_addresses(struct clocks *c)
{
	struct ifaddrs *all, *i;
	char text[INET6_ADDRSTRLEN];

	if (getifaddrs(&all) < 0)
		return;
	for (i = all; i != NULL; i = i->ifa_next) {
		const void *at = NULL;

		if (i->ifa_addr != NULL && i->ifa_addr->sa_family == AF_INET)
			at = &((const struct sockaddr_in *)(const void *)i->ifa_addr)->sin_addr;
		else if (i->ifa_addr != NULL && i->ifa_addr->sa_family == AF_INET6)
			at = &((const struct sockaddr_in6 *)(const void *)i->ifa_addr)->sin6_addr;
		if (at != NULL && inet_ntop(i->ifa_addr->sa_family, at, text, sizeof(text)) != NULL)
			add(c, text);
	}
	freeifaddrs(all);
}

/* "balance3.lab" is "balance3" too. */
static void
add_host(struct clocks *c, const char *name)
{
	add(c, name);
	add(c, arena_textn(c->arena, name, strcspn(name, ".")));
}

static void
host_name(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)path;
	(void)self;
	add_host(c, s->word[0]);
}

/* resolv.conf(5): "search lab other.lab" makes "balance3.lab" of "balance3". */
static void
search_line(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	size_t names = *(const size_t *)self;

	(void)path;
	if (strcmp(s->word[0], "search") != 0 && strcmp(s->word[0], "domain") != 0)
		return;
	for (size_t n = 0; n < names; n++)
		for (size_t i = 1; i < s->n && strpbrk(c->own[n], ".:") == NULL; i++)
			add(c, arena_printf(c->arena, "%s.%s", c->own[n], s->word[i]));
}

/* "address names …": names of an address of its own are its own. */
static void
hosts_line(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)path;
	(void)self;
	if (own_is(c, s->word[0]))
		for (size_t i = 1; i < s->n; i++)
			add(c, s->word[i]);
}

/* interfaces(5): "address 192.0.2.7/24"; systemd.network(5): "Address=192.0.2.7/24"; a lease of
 * systemd-networkd: "ADDRESS=192.0.2.7". */
static void
address_line(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	(void)path;
	(void)self;
	if (s->n >= 2 && strcasecmp(s->word[0], "address") == 0)
		add(c, s->word[1]);
}

void
own_collect(struct clocks *c)
{
	static const struct grammar hosts = { .comment = "#", .lines = true };
	static const char *const places[][4] = { { "/run/systemd/netif/leases", NULL },
		{ "/etc/systemd/network", "/run/systemd/network", "/usr/lib/systemd/network",
		    NULL } };
	size_t names;

	if (c->alive)
		kernel_addresses(c);
	add_host(c, c->host);
	files_statements(c, "/etc/hostname", &hosts, host_name, NULL);
	names = c->nown;
	files_statements(c, "/etc/resolv.conf", &hosts, search_line, &names);
	files_statements(c, "/etc/network/interfaces", &hosts, address_line, NULL);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *const *path = files_merged(c, places[i], i > 0 ? ".network" : NULL);

		for (; *path != NULL; path++)
			files_statements(c, *path, &grammar_ini, address_line, NULL);
	}
	files_statements(c, "/etc/hosts", &hosts, hosts_line, NULL);
}
