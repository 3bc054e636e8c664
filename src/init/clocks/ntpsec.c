/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the files of NTPsec.
 */
#include "init/clocks/files.h"
#include "init/clocks/ntp.h"
#include "init/clocks/service.h"

#include "init/readers/grammars.h"

#include <string.h>

#define DHCP_FILE "/run/ntpsec/ntp.conf.dhcp"

static void
ignores(struct clocks *c, const char *path, const struct statement *s, void *self)
{
	bool *ignored = self;

	(void)c;
	(void)path;
	if (s->n >= 2 && strcmp(s->word[0], "IGNORE_DHCP") == 0)
		*ignored = strcmp(s->word[1], "yes") == 0;
}

static bool
read_one(struct clocks *c, const char *path)
{
	char *data;
	size_t len;

	if (!files_read(c, path, &data, &len))
		return false;
	ntp_text(c, path, data, len);
	return true;
}

/* The DHCP server's file stands in the place of the main file and its folder, unless Debian's
 * /etc/default/ntpsec says otherwise (ntp-systemd-wrapper). */
static void
find(struct clocks *c)
{
	static const char *const folders[] = { "/etc/ntpsec/ntp.d", "/etc/ntp.d", NULL };
	const char *const *more = files_merged(c, folders, ".conf");
	bool ignored = false, in_use = c->why_not == NULL, dhcp;

	files_statements(c, "/etc/default/ntpsec", &grammar_lines, ignores, &ignored);
	if (ignored && in_use)
		c->why_not = "/etc/default/ntpsec says that DHCP servers are not followed";
	dhcp = read_one(c, DHCP_FILE);
	if (in_use)
		c->why_not =
		    dhcp && !ignored
			? "NTPsec reads the file of the DHCP server in the place of this one"
			: NULL;
	read_one(c, "/etc/ntpsec/ntp.conf");
	for (; *more != NULL; more++)
		read_one(c, *more);
}

static const char *const programs[] = { "/usr/libexec/ntpsec", "/usr/sbin/ntpd", NULL };
static const char *const not_with[] = { "/usr/sbin/ntpctl", NULL };
static const char *const units[] = { "ntpsec.service", NULL };
static const char *const files[] = { "/etc/ntpsec/ntp.conf", "/etc/ntpsec/ntp.d/*.conf",
	"/etc/ntp.d/*.conf", DHCP_FILE, NULL };

const struct service service_ntpsec = { .name = "NTPsec",
	.programs = programs,
	.not_with = not_with,
	.units = units,
	.files = files,
	.find = find,
	.text = ntp_text };
