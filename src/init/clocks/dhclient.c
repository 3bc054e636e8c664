/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns time servers in the leases of dhclient.
 */
#include "init/clocks/dhclient.h"

#include "init/clocks/files.h"
#include "init/clocks/systemd.h"

#include <string.h>

static const struct grammar grammar = {
	.comment = "#", .quotes = "\"", .escapes = true, .ends = ";", .blocks = true, .parts = ","
};

/* "lease { … option ntp-servers 192.0.2.1,192.0.2.2; … }", also "option dhcp6.sntp-servers". */
static void
statement(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	struct systemd_list *l = self;
	struct statement value = *s;

	if (s->kind == STATEMENT_OPENS && strncmp(s->word[0], "lease", 5) == 0)
		l->n = 0;
	if (s->n < 3 || strcmp(s->word[0], "option") != 0 ||
	    (strcmp(s->word[1], "ntp-servers") != 0 &&
		strcmp(s->word[1], "dhcp6.sntp-servers") != 0))
		return;
	value.word++;
	value.n--;
	systemd_assign(c, l, "dhclient", path, &value);
}

void
dhclient_text(struct clocks *c, const char *path, char *data, size_t len)
{
	struct systemd_list l = { 0 };

	files_cut(c, path, &grammar, data, len, statement, &l);
	systemd_servers(c, &l, "ntp-servers");
}

void
dhclient_find(struct clocks *c)
{
	static const char *const patterns[] = { "/var/lib/dhcp/*.leases",
		"/var/lib/dhclient/*.leases", "/var/lib/NetworkManager/dhclient*.lease", NULL };
	char *data;
	size_t len;

	for (size_t i = 0; patterns[i] != NULL; i++) {
		const char *const *path = files_matching(c, patterns[i]);

		for (; *path != NULL; path++)
			if (files_read(c, *path, &data, &len))
				dhclient_text(c, *path, data, len);
	}
}
