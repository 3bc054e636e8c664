/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for ports that listen here and may show a certificate, and for the names that
 * such a certificate may bear.
 */
#include "init/init.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Ports of services that begin with TLS, and of those that begin in clear and turn to it. Nothing
 * is sent to any other: a printer would print it. */
static const struct {
	uint16_t port;
	bool sure; /* what listens there without TLS is worth a word */
	const char *scheme;
} known[] = {
	{ 443, true, "" },
	{ 465, true, "" },
	{ 636, true, "" },
	{ 990, true, "" },
	{ 993, true, "" },
	{ 995, true, "" },
	{ 2376, true, "" },
	{ 3269, true, "" },
	{ 5671, true, "" },
	{ 5986, true, "" },
	{ 6443, true, "" },
	{ 6514, true, "" },
	{ 8006, false, "" },
	{ 8443, true, "" },
	{ 8883, true, "" },
	{ 9090, false, "" },
	{ 9443, true, "" },
	{ 10000, false, "" },
	{ 10250, true, "" },
	{ 21, false, "ftp://" },
	{ 25, false, "smtp://" },
	{ 110, false, "pop3://" },
	{ 143, false, "imap://" },
	{ 389, false, "ldap://" },
	{ 587, false, "smtp://" },
	{ 3306, false, "mysql://" },
	{ 5222, false, "xmpp://" },
	{ 5432, false, "postgres://" },
};

/* Where a program that listens on `hex` can be asked: the kernel writes the words of an address in
 * this machine's order. Every address means loopback. */
static const char *
address(struct found *f, const char *hex)
{
	size_t words = strlen(hex) / 8;
	char text[INET6_ADDRSTRLEN];
	uint32_t v[4] = { 0 };
	bool any = true;

	for (size_t i = 0; i < words && i < 4; i++) {
		unsigned word = 0;

		if (sscanf(hex + 8 * i, "%8x", &word) != 1)
			return NULL;
		v[i] = word;
		any &= word == 0;
	}
	if (any)
		return words == 4 ? "[::1]" : "127.0.0.1";
	if (inet_ntop(words == 4 ? AF_INET6 : AF_INET, v, text, sizeof(text)) == NULL)
		return NULL;
	return arena_printf(f->arena, words == 4 ? "[%s]" : "%s", text);
}

static bool
port_known(const struct found *f, unsigned port)
{
	char end[16];

	snprintf(end, sizeof(end), ":%u", port);
	for (size_t i = 0; i < f->ports.n; i++) {
		size_t n = strlen(f->ports.v[i]), m = strlen(end);

		if (n > m && strcmp(f->ports.v[i] + n - m, end) == 0)
			return true;
	}
	return false;
}

/* Whether a configuration that was read gives it TLS from the first byte on. */
static bool
configured(const struct found *f, unsigned port)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", port);
	for (size_t i = 0; i < f->tls_ports.n; i++)
		if (strcmp(f->tls_ports.v[i], text) == 0)
			return true;
	return false;
}

/* /proc/net/tcp: "sl local_address rem_address st …", state 0A is LISTEN. */
static void
listening(struct found *f, const char *path, char *line)
{
	unsigned port, state;
	const char *where;
	char hex[33];

	(void)path;
	if (sscanf(line, "%*u: %32[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x", hex, &port, &state) != 3 ||
	    state != 0x0a || (strlen(hex) != 8 && strlen(hex) != 32))
		return;
	if (port_known(f, port) || (where = address(f, hex)) == NULL)
		return;
	if (configured(f, port))
		found_add(
		    f, &f->ports, arena_printf(f->arena, "%s:%u", where, port), INIT_PORT_SURE);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && !configured(f, port); i++)
		if (known[i].port == port)
			found_add(f, &f->ports,
			    arena_printf(f->arena, "%s%s:%u", known[i].scheme, where, port),
			    known[i].sure ? INIT_PORT_SURE : "");
}

void
init_ports(struct found *f)
{
	found_lines(f, "/proc/net/tcp", listening, false);
	found_lines(f, "/proc/net/tcp6", listening, false);
}

/* A name without the port and the patterns that configurations write; NULL for none. */
static const char *
plain_name(struct found *f, const char *name)
{
	size_t n = strcspn(name, ":/");

	if (n == 0 || name[0] == '~' || name[0] == '_' || strspn(name, "*.") == strlen(name))
		return NULL;
	if (name[0] == '.')
		return arena_printf(f->arena, "www%.*s", (int)n, name);
	if (name[0] == '*' && name[1] == '.')
		return arena_printf(f->arena, "www%.*s", (int)n - 1, name + 1);
	return strcspn(name, "*$ ") < n ? NULL : arena_textn(f->arena, name, n);
}

void
init_names(struct found *f, const char *more, struct found_list *out)
{
	char host[256] = "";
	const char *name;

	if ((name = plain_name(f, more)) != NULL)
		found_add(f, out, name, "");
	for (size_t i = 0; i < f->names.n && out->n < INIT_NAMES_MAX; i++)
		if ((name = plain_name(f, f->names.v[i])) != NULL)
			found_add(f, out, name, "");
	if (gethostname(host, sizeof(host) - 1) == 0)
		found_add(f, out, host, "");
	found_add(f, out, "localhost", "");
}
