/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns time servers that systemd-networkd knows (systemd.network(5)).
 */
#include "init/clocks/network.h"

#include "init/clocks/dhclient.h"
#include "init/clocks/files.h"
#include "init/clocks/systemd.h"
#include "init/clocks/taken.h"

#include <string.h>
#include <strings.h>

static const char name[] = "systemd-networkd";

struct network {
	struct systemd_list ntp;
	bool refuses; /* UseNTP= of DHCP is off */
};

static bool
is_no(const char *word)
{
	return strcasecmp(word, "no") == 0 || strcasecmp(word, "false") == 0 ||
	       strcasecmp(word, "off") == 0 || strcmp(word, "0") == 0;
}

static void
network_statement(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct network *n = self;

	if (strcmp(s->block, "Network") == 0 && strcmp(s->word[0], "NTP") == 0)
		systemd_assign(c, &n->ntp, name, path, s);
	else if (strncmp(s->block, "DHCP", 4) == 0 && strcmp(s->word[0], "UseNTP") == 0)
		n->refuses = s->n > 1 && is_no(s->word[1]);
}

/* Files of links and leases: no sections. */
static void
state_statement(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	if (strcmp(s->word[0], "NTP") == 0)
		systemd_assign(c, self, name, path, s);
}

/* A file and its drop-ins. */
static void
one_network(struct clocks *c, const char *path, bool *refuses)
{
	const char *base = strrchr(path, '/') + 1;
	const char *folders[] = { arena_printf(c->arena, "/etc/systemd/network/%s.d", base),
		arena_printf(c->arena, "/run/systemd/network/%s.d", base),
		arena_printf(c->arena, "/usr/local/lib/systemd/network/%s.d", base),
		arena_printf(c->arena, "/usr/lib/systemd/network/%s.d", base), NULL };
	const char *const *more = files_merged(c, folders, ".conf");
	struct network n = { 0 };

	files_statements(c, path, &systemd_grammar, network_statement, &n);
	for (; *more != NULL; more++)
		files_statements(c, *more, &systemd_grammar, network_statement, &n);
	systemd_servers(c, &n.ntp, "NTP");
	*refuses |= n.refuses;
}

/* What a link has is what it got from its file and its lease, as far as its file wants it. */
static bool
of_links(struct clocks *c)
{
	static const char *const folders[] = { "/run/systemd/netif/links", NULL };
	const char *const *link = files_merged(c, folders, NULL);
	bool any = *link != NULL;

	for (; *link != NULL; link++) {
		struct systemd_list l = { 0 };

		files_statements(c, *link, &systemd_grammar, state_statement, &l);
		systemd_servers(c, &l, "NTP");
	}
	return any;
}

static void
left_aside(struct clocks *c, const struct systemd_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!taken_has(c, l->v[i].text))
			taken_left(c, arena_printf(c->arena, "NTP=%s", l->v[i].text),
			    NETWORK_UNUSED, l->v[i].spot);
}

static void
of_leases(struct clocks *c, bool used)
{
	static const char *const folders[] = { "/run/systemd/netif/leases", NULL };
	const char *const *lease = files_merged(c, folders, NULL);

	for (; *lease != NULL; lease++) {
		struct systemd_list l = { 0 };

		files_statements(c, *lease, &systemd_grammar, state_statement, &l);
		if (used)
			systemd_servers(c, &l, "NTP");
		if (!used)
			left_aside(c, &l);
	}
}

void
network_of_networkd(struct clocks *c)
{
	static const char *const folders[] = { "/etc/systemd/network", "/run/systemd/network",
		"/usr/local/lib/systemd/network", "/usr/lib/systemd/network",
		"/lib/systemd/network", NULL };
	const char *const *file = files_merged(c, folders, ".network");
	bool refuses = false;

	if (c->network_read)
		return;
	c->network_read = true;
	if (of_links(c)) {
		of_leases(c, false);
		return;
	}
	for (; *file != NULL; file++)
		one_network(c, *file, &refuses);
	of_leases(c, !refuses);
}

void
network_find(struct clocks *c)
{
	size_t named = c->named, told = c->nleft;

	network_of_networkd(c);
	if (c->named == named && c->nleft == told)
		dhclient_find(c);
}

void
network_text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct network n = { 0 };

	files_cut(c, path, &systemd_grammar, data, len, network_statement, &n);
	systemd_servers(c, &n.ntp, "NTP");
}

void
network_lease_text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct systemd_list l = { 0 };

	files_cut(c, path, &systemd_grammar, data, len, state_statement, &l);
	systemd_servers(c, &l, "NTP");
}
